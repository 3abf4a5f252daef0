import { at, type Column } from "../market/column.ts";

/**
 * The quantile with linear interpolation between the two nearest order statistics at position (n - 1) x
 * probability: type 7 of Hyndman and Fan, "Sample Quantiles in Statistical Packages", The American Statistician
 * 50 (1996), the default of numpy and of R. NaN of nothing.
 */
export function quantile(values: Column, probability: number): number {
  if (values.length === 0) return NaN;
  const sorted = values.toSorted();
  const position = (sorted.length - 1) * probability;
  const below = Math.floor(position);
  const low = at(sorted, below);
  const high = at(sorted, Math.min(below + 1, sorted.length - 1));
  return low + (high - low) * (position - below);
}
