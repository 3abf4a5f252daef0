import type { Column } from "../../market/column.ts";
import { beta } from "../../risk/beta.ts";
import { mean } from "../../risk/moments.ts";
import { finite, isAbsent, type Statistic } from "../../statistic.ts";
import { riskFreePerPeriod } from "./risk-free.ts";

/**
 * Jensen's alpha, compounded to a year: (1 + mean excess return - beta x mean excess return of the
 * market)^(periods per year) - 1 (Jensen, Journal of Finance 23, 1968; empyrical `alpha`). backtesting.py takes
 * the total returns instead. Absent where beta is.
 * @param market returns over the same rows
 * @param riskFreeRate annual
 */
export function alpha(
  returns: Column,
  market: Column,
  periodsPerYear: number,
  riskFreeRate: number,
): Statistic {
  const slope = beta(returns, market);
  if (isAbsent(slope)) return slope;
  const free = riskFreePerPeriod(riskFreeRate, periodsPerYear);
  const perPeriod = mean(returns) - free - slope * (mean(market) - free);
  return finite((1 + perPeriod) ** periodsPerYear - 1, "The alpha of a period is too large to annualise.");
}
