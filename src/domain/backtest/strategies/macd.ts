import { z } from "zod";
import type { SignalStrategy } from "../strategy.ts";
import { crossover } from "./crossover.ts";

const paramsSchema = z
  .strictObject({
    fast: z.int().min(1).max(999).default(12).describe("Bars of the fast average"),
    slow: z.int().min(2).max(1000).default(26).describe("Bars of the slow average"),
    signal: z.int().min(1).max(1000).default(9).describe("Bars of the signal line"),
    short: z.boolean().default(true).describe("Sell short on a cross down; false: go into cash"),
  })
  .refine(({ fast, slow }) => fast < slow, { path: ["fast"], error: "must be less than slow" });

/**
 * Long when the MACD line crosses above its signal line, short (or cash) when it crosses below. Flat until the
 * first cross. Rule: Appel, The Moving Average Convergence-Divergence Trading Method (1979).
 */
export const macdCross: SignalStrategy<typeof paramsSchema> = {
  name: "macd",
  description: "Crossover of the MACD line and its signal line, always in the market after the first cross",
  params: paramsSchema,
  signal({ close }, { fast, slow, signal, short }, { macd }) {
    const lines = macd(close, { fast, slow, signal });
    return crossover(lines.macd, lines.signal, short ? -1 : 0);
  },
};
