import { Matrix } from "ml-matrix";
import { at, type Column } from "../market/column.ts";
import { positiveSemidefinite } from "./positive-semidefinite.ts";

/**
 * Sample covariance (n - 1) per bar of return columns of equal length. Where returns are missing (NaN) each entry
 * comes from the rows that both columns have, as in pandas; such a matrix need not be positive semidefinite and is
 * repaired by clipping its negative eigenvalues.
 */
export function sampleCovariance(returns: readonly Column[]): Matrix {
  const covariance = new Matrix(returns.length, returns.length);
  for (const [i, one] of returns.entries()) {
    for (let j = i; j < returns.length; j += 1) {
      const value = pairCovariance(one, returns[j] ?? one);
      covariance.set(i, j, value);
      covariance.set(j, i, value);
    }
  }
  const holes = returns.some((column) => column.some(Number.isNaN));
  return holes ? positiveSemidefinite(covariance) : covariance;
}

function pairCovariance(one: Column, other: Column): number {
  let count = 0;
  let meanOne = 0;
  let meanOther = 0;
  let product = 0;
  for (let t = 0; t < one.length; t += 1) {
    const a = at(one, t);
    const b = at(other, t);
    if (Number.isNaN(a) || Number.isNaN(b)) continue;
    // Welford's update: one pass and no cancellation.
    count += 1;
    const step = a - meanOne;
    meanOne += step / count;
    meanOther += (b - meanOther) / count;
    product += step * (b - meanOther);
  }
  return product / (count - 1);
}
