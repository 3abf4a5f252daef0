import { Matrix } from "ml-matrix";
import { at, type Column } from "../market/column.ts";
import { mean } from "../risk/moments.ts";
import { sampleCovariance } from "./sample-covariance.ts";

export interface ShrunkCovariance {
  /** Per bar. */
  readonly covariance: Matrix;
  /** Weight of the target, 0..1. */
  readonly shrinkage: number;
}

/**
 * Covariance of returns (complete columns of equal length) shrunk towards the identity times the mean variance, with
 * the shrinkage that Ledoit and Wolf estimate to minimise the expected squared error: "A well-conditioned estimator for
 * large-dimensional covariance matrices", Journal of Multivariate Analysis 88 (2004), with divisor n as there; the same
 * estimator as scikit-learn's `ledoit_wolf`. Positive definite even where there are more names than bars.
 */
export function ledoitWolf(returns: readonly Column[]): ShrunkCovariance {
  const names = returns.length;
  const bars = returns[0]?.length ?? 0;
  const sample = sampleCovariance(returns).mul((bars - 1) / bars);
  const meanVariance = sample.trace() / names;
  const target = Matrix.eye(names).mul(meanVariance);

  const distance = Matrix.sub(sample, target).norm() ** 2;
  const error = Math.min(distance, (fourthMoments(returns) / bars - sample.norm() ** 2) / bars);
  const shrinkage = distance > 0 ? error / distance : 0;
  return { covariance: sample.mul(1 - shrinkage).add(target.mul(shrinkage)), shrinkage };
}

/** Sum over bars of |x|^4, x the vector of a bar's deviations from the means: the sum of |xx'|^2. */
function fourthMoments(returns: readonly Column[]): number {
  const means = returns.map(mean);
  const bars = returns[0]?.length ?? 0;
  let sum = 0;
  for (let t = 0; t < bars; t += 1) {
    let square = 0;
    for (const [s, column] of returns.entries()) square += (at(column, t) - (means[s] ?? 0)) ** 2;
    sum += square * square;
  }
  return sum;
}
