import { Sma } from "../../indicators/sma.ts";
import { at } from "../../market/column.ts";
import { isAbsent } from "../../statistic.ts";
import { barVolatility } from "../bar-volatility.ts";
import type { Factor } from "../factor.ts";
import { squash } from "../squash.ts";

/**
 * Prices above their moving average go on rising. Value: the log close less the simple moving average of
 * the last n log closes, itself among them, divided by the standard deviation that this distance has in a
 * random walk: volatility x sqrt((n - 1)(2n - 1) / (6n)), as the distance is the sum of the n - 1 returns
 * weighted 1/n … (n - 1)/n. The slope's t-statistic would not do: on a random walk it grows with n.
 *
 * Sources: Brock, Lakonishok and LeBaron, Journal of Finance 47 (1992), for the moving-average rule; Levine
 * and Pedersen, Financial Analysts Journal 72 (2016), for its kinship with time-series momentum.
 */
export const trend: Factor = {
  name: "trend",
  description: "Distance of the price from its moving average in units of volatility.",
  evaluate(bars, lookbackBars) {
    const volatility = barVolatility(bars, lookbackBars);
    if (isAbsent(volatility)) return volatility;
    const average = new Sma(lookbackBars);
    let mean = NaN;
    for (let i = bars.length - lookbackBars; i < bars.length; i += 1) {
      mean = average.next(Math.log(at(bars.close, i)));
    }
    const distance = Math.log(at(bars.close, bars.length - 1)) - mean;
    const variance = ((lookbackBars - 1) * (2 * lookbackBars - 1)) / (6 * lookbackBars);
    return distance / (volatility * Math.sqrt(variance));
  },
  score: squash,
};
