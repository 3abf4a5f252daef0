import { at } from "../../market/column.ts";
import { absent } from "../../statistic.ts";
import type { Factor } from "../factor.ts";
import { shortHistory } from "../short-history.ts";

/**
 * A close near the top of its recent range tends to be followed by higher ones. Value: where the close lies
 * between the lowest low (0) and the highest high (1) of the last n bars, the latest among them. Score:
 * linear, 2 x value - 1; adjusted prices may lie outside their own range by a rounding, so it is clamped.
 *
 * Sources: the channel rule of Donchian, Commodity Year Book (1957); George and Hwang, Journal of Finance 59
 * (2004), for nearness to the 52-week high.
 */
export const breakout: Factor = {
  name: "breakout",
  description: "Position of the close in the high-low channel of the look-back, 0 at the low, 1 at the high.",
  evaluate(bars, lookbackBars) {
    const tooShort = shortHistory(bars, lookbackBars);
    if (tooShort !== null) return tooShort;
    let highest = -Infinity;
    let lowest = Infinity;
    for (let i = bars.length - lookbackBars; i < bars.length; i += 1) {
      highest = Math.max(highest, at(bars.high, i));
      lowest = Math.min(lowest, at(bars.low, i));
    }
    if (highest === lowest) return absent(`no price range over ${lookbackBars} bars`);
    return (at(bars.close, bars.length - 1) - lowest) / (highest - lowest);
  },
  score: (value) => Math.max(-1, Math.min(1, 2 * value - 1)),
};
