import { at, type Column } from "../market/column.ts";
import { selectSmallest } from "./select-smallest.ts";

/**
 * The quantile with linear interpolation between the two nearest order statistics at position (n - 1) x
 * probability: type 7 of Hyndman and Fan, "Sample Quantiles in Statistical Packages", The American Statistician
 * 50 (1996), the default of numpy and of R. NaN of nothing.
 */
export function quantile(values: Column, probability: number): number {
  return quantiles(values, [probability])[0] ?? NaN;
}

/** Several of them, faster than one by one. */
export function quantiles(values: Column, probabilities: readonly number[]): number[] {
  if (values.length === 0) return probabilities.map(() => NaN);
  const ordered = values.slice();
  return probabilities.map((probability) => {
    const position = (ordered.length - 1) * probability;
    const below = Math.floor(position);
    selectSmallest(ordered, below);
    const low = at(ordered, below);
    return below === position ? low : low + (least(ordered, below + 1) - low) * (position - below);
  });
}

function least(values: Column, from: number): number {
  let smallest = Infinity;
  for (let i = from; i < values.length; i += 1) smallest = Math.min(smallest, values[i] ?? NaN);
  return smallest;
}
