import { z } from "zod";
import type { SignalStrategy } from "../strategy.ts";
import { SignalWriter } from "./signal-writer.ts";

const paramsSchema = z.strictObject({
  period: z.int().min(2).max(1000).default(20).describe("Bars of the bands"),
  width: z.number().min(0.1).max(10).default(2).describe("Standard deviations from the middle to a band"),
  short: z
    .boolean()
    .default(false)
    .describe("Sell short above the upper band; false: only buy below the lower"),
});

/**
 * Long when a close falls below the lower band, until one is back at the middle; with `short` the same the other
 * way round above the upper band. Rule: Bollinger, Bollinger on Bollinger Bands (2001), reversals to the middle.
 */
export const bollingerReversal: SignalStrategy<typeof paramsSchema> = {
  name: "bollinger-reversal",
  description: "Buys below the lower Bollinger band and sells at the middle",
  params: paramsSchema,
  signal({ close }, { period, width, short }, { bollingerBands }) {
    const { upper, middle, lower } = bollingerBands(close, period, width);
    const writer = new SignalWriter();
    let side = 0;
    for (let bar = 0; bar < close.length; bar += 1) {
      const price = close[bar] ?? NaN;
      const center = middle[bar] ?? NaN;
      if ((side > 0 && price >= center) || (side < 0 && price <= center)) side = 0;
      if (price < (lower[bar] ?? NaN)) side = 1;
      else if (short && price > (upper[bar] ?? NaN)) side = -1;
      writer.write(bar, side);
    }
    return writer.done();
  },
};
