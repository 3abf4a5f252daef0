import { z } from "zod";
import { rsi } from "../../indicators/rsi.ts";
import type { Strategy } from "../strategy.ts";
import { signalTargets } from "./signal-targets.ts";

const paramsSchema = z
  .strictObject({
    period: z.int().min(2).max(1000).default(14).describe("Bars of the RSI"),
    oversold: z.number().min(0).max(100).default(30).describe("Buy below this"),
    overbought: z.number().min(0).max(100).default(70).describe("Sell above this"),
    short: z.boolean().default(false).describe("Sell short when overbought; false: go into cash"),
  })
  .refine(({ oversold, overbought }) => oversold < overbought, {
    path: ["oversold"],
    error: "must be less than overbought",
  });

/**
 * Long when the RSI falls below the oversold level, out (or short) when it rises above the overbought level,
 * and as before in between. Levels: Wilder, New Concepts in Technical Trading Systems (1978).
 */
export const rsiReversal: Strategy<typeof paramsSchema> = {
  name: "rsi-reversal",
  description: "Buys when the RSI is oversold and sells when it is overbought",
  params: paramsSchema,
  targets: (panel, { period, oversold, overbought, short }) =>
    signalTargets(panel, ({ close }) => {
      const strength = rsi(close, period);
      const signal = new Float64Array(close.length).fill(NaN);
      let standing = 0;
      for (let bar = 0; bar < signal.length; bar += 1) {
        const value = strength[bar] ?? NaN;
        const wanted = value < oversold ? 1 : value > overbought ? (short ? -1 : 0) : standing;
        if (wanted !== standing) signal[bar] = wanted;
        standing = wanted;
      }
      return signal;
    }),
};
