import type { Column } from "../../market/column.ts";
import { type Absent, isAbsent } from "../../statistic.ts";
import { centralMoments } from "./central-moments.ts";
import { kurtosis } from "./kurtosis.ts";
import { sharpePerPeriod } from "./sharpe.ts";
import { skewness } from "./skewness.ts";

/** What decides how far a Sharpe ratio can be trusted. */
export interface SharpeRecord {
  /** Sharpe ratio per period. */
  readonly ratio: number;
  /** Number of returns. */
  readonly length: number;
  readonly skewness: number;
  /** 3 of normal returns. */
  readonly kurtosis: number;
}

/**
 * The record of returns. Absent where the Sharpe ratio is.
 * @param riskFreeRate annual
 */
export function sharpeRecord(
  returns: Column,
  periodsPerYear: number,
  riskFreeRate: number,
): SharpeRecord | Absent {
  const ratio = sharpePerPeriod(returns, periodsPerYear, riskFreeRate);
  if (isAbsent(ratio)) return ratio;
  const moments = centralMoments(returns);
  const [skew, tails] = [skewness(moments), kurtosis(moments)];
  if (isAbsent(skew)) return skew;
  if (isAbsent(tails)) return tails;
  return { ratio, length: returns.length, skewness: skew, kurtosis: tails };
}

/**
 * n - 1 times the variance of the estimated Sharpe ratio: 1 - skewness ratio + (kurtosis - 1) / 4 ratio^2
 * (Mertens 2002, in Bailey and Lopez de Prado, Journal of Risk 15, 2012, equation 8). Never negative, as the
 * kurtosis is at least 1 + skewness^2.
 */
export function sharpeVariance({ ratio, skewness, kurtosis }: Omit<SharpeRecord, "length">): number {
  return 1 - skewness * ratio + ((kurtosis - 1) / 4) * ratio ** 2;
}
