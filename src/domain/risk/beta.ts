import type { Column } from "../market/column.ts";
import { absent, type Statistic } from "../statistic.ts";
import { mean } from "./moments.ts";

/**
 * Beta to a market: covariance of the two return columns (equal length, same bars) over the market's variance
 * (Sharpe, "Capital Asset Prices", Journal of Finance 19, 1964).
 */
export function beta(returns: Column, market: Column): Statistic {
  if (returns.length < 2) return absent("A beta needs two returns.");
  const own = mean(returns);
  const centre = mean(market);
  let covariance = 0;
  let variance = 0;
  for (let t = 0; t < returns.length; t += 1) {
    const move = (market[t] ?? NaN) - centre;
    covariance += ((returns[t] ?? NaN) - own) * move;
    variance += move * move;
  }
  return variance > 0 ? covariance / variance : absent("The benchmark did not move.");
}
