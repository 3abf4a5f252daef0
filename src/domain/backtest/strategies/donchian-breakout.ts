import { z } from "zod";
import type { SignalStrategy } from "../strategy.ts";
import { SignalWriter } from "./signal-writer.ts";

const paramsSchema = z
  .strictObject({
    entry: z.int().min(1).max(1000).default(20).describe("Bars of the channel whose break opens a position"),
    exit: z.int().min(1).max(1000).default(10).describe("Bars of the channel whose break closes it"),
    short: z.boolean().default(false).describe("Sell short below the channel; false: only buy above it"),
  })
  .refine(({ entry, exit }) => exit <= entry, { path: ["exit"], error: "must be at most entry" });

/**
 * Long when a close exceeds the highest high of the `entry` bars before it, until one falls below the lowest low of
 * the `exit` bars before it; with `short` the same the other way round. Rule: Donchian's channels as the turtles traded
 * them, 20 bars in and 10 out (Faith, Way of the Turtle, 2007, system 1 without its filter and its stops).
 */
export const donchianBreakout: SignalStrategy<typeof paramsSchema> = {
  name: "donchian-breakout",
  description:
    "Buys a close above the highest high of the bars before and sells one below the lowest low of fewer",
  params: paramsSchema,
  signal({ high, low, close }, { entry, exit, short }, { highest, lowest }) {
    const top = highest(high, entry);
    const floor = lowest(low, exit);
    const bottom = short ? lowest(low, entry) : floor;
    const ceiling = short ? highest(high, exit) : top;
    const writer = new SignalWriter();
    let side = 0;
    for (let bar = 1; bar < close.length; bar += 1) {
      const price = close[bar] ?? NaN;
      const before = bar - 1;
      if ((side > 0 && price < (floor[before] ?? NaN)) || (side < 0 && price > (ceiling[before] ?? NaN)))
        side = 0;
      if (price > (top[before] ?? NaN)) side = 1;
      else if (short && price < (bottom[before] ?? NaN)) side = -1;
      writer.write(bar, side);
    }
    return writer.done();
  },
};
