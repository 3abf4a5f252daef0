import { Obv } from "../../indicators/obv.ts";
import { at } from "../../market/column.ts";
import { absent } from "../../statistic.ts";
import type { Factor } from "../factor.ts";
import { shortHistory } from "../short-history.ts";
import { squash } from "../squash.ts";

/**
 * Volume that comes with rises tells of buyers, volume that comes with falls of sellers. Value: the change
 * of on-balance volume over n bars, divided by the root of the sum of squared volumes, which is its standard
 * deviation if each bar's direction were the toss of a coin.
 *
 * Sources: Granville, Granville's New Key to Stock Market Profits (1963), for on-balance volume; Lee and
 * Swaminathan, Journal of Finance 55 (2000), for what volume says about momentum.
 */
export const volumeConfirmation: Factor = {
  name: "volume-confirmation",
  description: "Volume of rising less that of falling bars over the look-back, in units of chance.",
  evaluate(bars, lookbackBars) {
    const tooShort = shortHistory(bars, lookbackBars + 1);
    if (tooShort !== null) return tooShort;
    const start = bars.length - lookbackBars - 1;
    const balance = new Obv();
    let pressure = balance.step(at(bars.close, start), 0);
    let squares = 0;
    for (let i = start + 1; i < bars.length; i += 1) {
      const volume = at(bars.volume, i);
      pressure = balance.step(at(bars.close, i), volume);
      squares += volume * volume;
    }
    return squares === 0 ? absent(`no volume over ${lookbackBars} bars`) : pressure / Math.sqrt(squares);
  },
  score: squash,
};
