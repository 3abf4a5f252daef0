import type { Column } from "../../market/column.ts";
import { mean } from "../../risk/moments.ts";
import { absent, finite, type Statistic } from "../../statistic.ts";
import { riskFreePerPeriod } from "./risk-free.ts";

/**
 * Sortino ratio per year: mean return over the risk-free rate / downside deviation, where the downside
 * deviation is sqrt(mean of min(excess, 0)^2) over all returns (Sortino and Price, Journal of Investing 3,
 * 1994; empyrical `sortino_ratio`). Absent without returns and where none falls short.
 * @param riskFreeRate annual, the return that is required
 */
export function sortino(returns: Column, periodsPerYear: number, riskFreeRate: number): Statistic {
  if (returns.length === 0) return absent("There are no returns.");
  const required = riskFreePerPeriod(riskFreeRate, periodsPerYear);
  let squares = 0;
  for (const value of returns) squares += Math.min(value - required, 0) ** 2;
  if (squares === 0) return absent("No return falls short of the risk-free rate.");
  const downside = Math.sqrt(squares / returns.length);
  return finite(
    ((mean(returns) - required) / downside) * Math.sqrt(periodsPerYear),
    "The returns are not finite.",
  );
}
