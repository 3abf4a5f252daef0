import type { Column } from "../../market/column.ts";
import { mean } from "../../risk/moments.ts";
import { absent, finite, isAbsent, type Statistic } from "../../statistic.ts";
import { downsideDeviation } from "./downside-deviation.ts";
import { riskFreePerPeriod } from "./risk-free.ts";

/**
 * Sortino ratio per year: mean return over the risk-free rate x periods per year / downside deviation per year
 * (Sortino and Price, Journal of Investing 3, 1994; empyrical `sortino_ratio`). backtesting.py has the compound
 * annual return above the line. Absent without returns and where none falls short.
 * @param riskFreeRate annual, the return that is required
 */
export function sortino(returns: Column, periodsPerYear: number, riskFreeRate: number): Statistic {
  const downside = downsideDeviation(returns, periodsPerYear, riskFreeRate);
  if (isAbsent(downside)) return downside;
  if (downside === 0) return absent("No return falls short of the risk-free rate.");
  const excess = mean(returns) - riskFreePerPeriod(riskFreeRate, periodsPerYear);
  return finite((excess * periodsPerYear) / downside, "The returns are not finite.");
}
