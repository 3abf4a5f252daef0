import type { Column } from "../../market/column.ts";
import { normalQuantile } from "../../risk/normal.ts";
import type { Statistic } from "../../statistic.ts";
import { probabilisticSharpe } from "./probabilistic-sharpe.ts";

const EULER_MASCHERONI = 0.5772156649015329;

/** The variants that were tried before one was chosen. */
export interface Trials {
  /** Independent ones; variants that are alike count as less than their number. */
  readonly count: number;
  /** Standard deviation of their Sharpe ratios per period. */
  readonly deviation: number;
}

/**
 * Deflated Sharpe ratio: the probability that the true Sharpe ratio is above what the best of so many trials
 * without any skill would show. With one trial it is the probabilistic Sharpe ratio. Source: Bailey and Lopez de
 * Prado, The Deflated Sharpe Ratio, Journal of Portfolio Management 40 (2014), equation 2. Absent where the
 * Sharpe ratio is.
 * @param returns of the trial that was chosen
 * @param riskFreeRate annual
 */
export function deflatedSharpe(
  returns: Column,
  periodsPerYear: number,
  riskFreeRate: number,
  trials: Trials,
): Statistic {
  return probabilisticSharpe(returns, periodsPerYear, riskFreeRate, expectedMaximumSharpe(trials));
}

/**
 * Sharpe ratio per period to be expected of the best of trials whose true ratio is zero, equation 1 of the same
 * paper: deviation x ((1 - g) Z(1 - 1/N) + g Z(1 - 1/(N e))) with g the Euler-Mascheroni constant and Z the
 * normal quantile; 0 of one trial.
 */
export function expectedMaximumSharpe({ count, deviation }: Trials): number {
  if (count <= 1) return 0;
  const high = normalQuantile(1 - 1 / count);
  const higher = normalQuantile(1 - 1 / (count * Math.E));
  return deviation * ((1 - EULER_MASCHERONI) * high + EULER_MASCHERONI * higher);
}
