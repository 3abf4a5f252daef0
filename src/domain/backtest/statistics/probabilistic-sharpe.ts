import type { Column } from "../../market/column.ts";
import { mean } from "../../risk/moments.ts";
import { isAbsent, type Statistic } from "../../statistic.ts";
import { normalProbability } from "./normal-probability.ts";
import { sharpePerPeriod } from "./sharpe.ts";

/**
 * Probability that the true Sharpe ratio is above zero, given how long, skewed and fat-tailed the record is.
 * Source: Bailey and Lopez de Prado, The Sharpe Ratio Efficient Frontier, Journal of Risk 15 (2012). Absent
 * where the Sharpe ratio is.
 * @param riskFreeRate annual
 */
export function probabilisticSharpe(
  returns: Column,
  periodsPerYear: number,
  riskFreeRate: number,
): Statistic {
  const ratio = sharpePerPeriod(returns, periodsPerYear, riskFreeRate);
  if (isAbsent(ratio)) return ratio;
  const { skewness, kurtosis } = shape(returns);
  return sharpeProbability(ratio, 0, returns.length, skewness, kurtosis);
}

/**
 * PSR(benchmark) = N((ratio - benchmark) sqrt(n - 1) / sqrt(1 - skewness ratio + (kurtosis - 1) / 4 ratio^2)).
 * @param ratio Sharpe ratio per period, like `benchmark`
 * @param kurtosis 3 for normal returns
 */
export function sharpeProbability(
  ratio: number,
  benchmark: number,
  returns: number,
  skewness: number,
  kurtosis: number,
): number {
  const variance = 1 - skewness * ratio + ((kurtosis - 1) / 4) * ratio ** 2;
  return normalProbability(((ratio - benchmark) * Math.sqrt(returns - 1)) / Math.sqrt(variance));
}

/** Skewness and kurtosis from the central moments with divisor n. */
function shape(values: Column): { skewness: number; kurtosis: number } {
  const centre = mean(values);
  let second = 0;
  let third = 0;
  let fourth = 0;
  for (const value of values) {
    const square = (value - centre) ** 2;
    second += square;
    third += square * (value - centre);
    fourth += square * square;
  }
  const n = values.length;
  return { skewness: third / n / (second / n) ** 1.5, kurtosis: fourth / n / (second / n) ** 2 };
}
