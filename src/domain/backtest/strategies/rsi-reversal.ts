import { z } from "zod";
import type { SignalStrategy } from "../strategy.ts";
import { SignalWriter } from "./signal-writer.ts";

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
export const rsiReversal: SignalStrategy<typeof paramsSchema> = {
  name: "rsi-reversal",
  description: "Buys when the RSI is oversold and sells when it is overbought",
  params: paramsSchema,
  signal({ close }, { period, oversold, overbought, short }, { rsi }) {
    const strength = rsi(close, period);
    const high = short ? -1 : 0;
    const writer = new SignalWriter();
    for (let bar = 0; bar < strength.length; bar += 1) {
      const value = strength[bar] ?? NaN;
      if (value < oversold) writer.write(bar, 1);
      else if (value > overbought) writer.write(bar, high);
    }
    return writer.done();
  },
};
