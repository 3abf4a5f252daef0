import { at, type Column } from "../market/column.ts";
import { mean } from "./moments.ts";

/**
 * Pearson correlations of return columns of equal length, by row and column in their order. NaN in the rows of a
 * series that does not move; the diagonal of the others is 1.
 */
export function correlationMatrix(returns: readonly Column[]): Column[] {
  const scores = returns.map(unitDeviations);
  return scores.map((one) =>
    Float64Array.from(scores, (other) => (one === other ? norm(one) : clamp(dot(one, other)))),
  );
}

export interface CorrelatedPair {
  readonly first: number;
  readonly second: number;
  readonly value: number;
}

/** Every pair above the diagonal whose correlation exists. */
export function correlatedPairs(matrix: readonly Column[]): CorrelatedPair[] {
  return matrix.flatMap((row, first) =>
    Array.from(row.entries())
      .filter(([second, value]) => second > first && Number.isFinite(value))
      .map(([second, value]) => ({ first, second, value })),
  );
}

/** Deviations from the mean scaled to length 1; NaN where nothing moves. */
function unitDeviations(values: Column): Column {
  const centre = mean(values);
  const deviations = values.map((value) => value - centre);
  const length = Math.sqrt(dot(deviations, deviations));
  return deviations.map((value) => (length > 0 ? value / length : NaN));
}

function norm(unit: Column): number {
  return Number.isNaN(at(unit, 0)) ? NaN : 1;
}

function dot(one: Column, other: Column): number {
  let sum = 0;
  for (let t = 0; t < one.length; t += 1) sum += at(one, t) * at(other, t);
  return sum;
}

/** Rounding must not make a correlation of 1.0000000000000002. */
function clamp(correlation: number): number {
  return Math.max(-1, Math.min(1, correlation));
}
