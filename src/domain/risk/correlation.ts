import { at, type Column } from "../market/column.ts";
import { mean } from "./moments.ts";

export interface CorrelatedPair {
  /** Positions of the two columns. */
  readonly first: number;
  readonly second: number;
  readonly value: number;
}

/**
 * Pearson correlations of every two of the return columns of equal length, in their order. A column that does not move
 * has none.
 */
export function correlatedPairs(returns: readonly Column[]): CorrelatedPair[] {
  const units = returns.map(unitDeviations);
  const pairs: CorrelatedPair[] = [];
  for (const [first, one] of units.entries()) {
    if (one === null) continue;
    for (let second = first + 1; second < units.length; second += 1) {
      const other = units[second] ?? null;
      if (other !== null) pairs.push({ first, second, value: clamp(dot(one, other)) });
    }
  }
  return pairs;
}

/** Deviations from the mean scaled to length 1, or null where nothing moves. */
function unitDeviations(values: Column): Column | null {
  const deviations = new Float64Array(values.length);
  const centre = mean(values);
  for (let t = 0; t < values.length; t += 1) deviations[t] = at(values, t) - centre;
  const length = Math.sqrt(dot(deviations, deviations));
  if (!(length > 0)) return null;
  for (let t = 0; t < values.length; t += 1) deviations[t] = at(deviations, t) / length;
  return deviations;
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
