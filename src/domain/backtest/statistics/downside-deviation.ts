import type { Column } from "../../market/column.ts";
import { absent, finite, type Statistic } from "../../statistic.ts";
import { riskFreePerPeriod } from "./risk-free.ts";

/**
 * Downside deviation per year: sqrt(mean of min(return - risk-free rate, 0)^2) over all returns x sqrt(periods
 * per year) (Sortino and Price, Journal of Investing 3, 1994; empyrical `downside_risk`). 0 where no return falls
 * short; absent without returns.
 * @param riskFreeRate annual, the return that is required
 */
export function downsideDeviation(returns: Column, periodsPerYear: number, riskFreeRate: number): Statistic {
  if (returns.length === 0) return absent("There are no returns.");
  const required = riskFreePerPeriod(riskFreeRate, periodsPerYear);
  let squares = 0;
  for (let i = 0; i < returns.length; i += 1) {
    const short = Math.min((returns[i] ?? NaN) - required, 0);
    squares += short * short;
  }
  return finite(Math.sqrt((squares / returns.length) * periodsPerYear), "The returns are not finite.");
}
