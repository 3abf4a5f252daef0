import type { Column } from "../../market/column.ts";
import type { Statistic } from "../../statistic.ts";
import { normalProbability } from "./normal-probability.ts";
import { type SharpeRecord, sharpeRecord, sharpeVariance } from "./sharpe-record.ts";

/**
 * Probability that the true Sharpe ratio is above a benchmark, given how long, skewed and fat-tailed the record
 * is. Source: Bailey and Lopez de Prado, The Sharpe Ratio Efficient Frontier, Journal of Risk 15 (2012),
 * equation 11. Absent where the Sharpe ratio is.
 * @param riskFreeRate annual
 * @param benchmark Sharpe ratio per period
 */
export function probabilisticSharpe(
  returns: Column,
  periodsPerYear: number,
  riskFreeRate: number,
  benchmark = 0,
): Statistic {
  const record = sharpeRecord(returns, periodsPerYear, riskFreeRate);
  return "absent" in record ? record : sharpeProbability(record, benchmark);
}

/** PSR(benchmark) = N((ratio - benchmark) sqrt(n - 1) / sqrt(variance)), the variance as of sharpeVariance. */
export function sharpeProbability(record: SharpeRecord, benchmark: number): number {
  const { ratio, length } = record;
  return normalProbability(((ratio - benchmark) * Math.sqrt(length - 1)) / Math.sqrt(sharpeVariance(record)));
}
