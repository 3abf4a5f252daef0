import type { Column } from "../market/column.ts";

/** Arithmetic mean; NaN of nothing. */
export function mean(values: Column): number {
  let sum = 0;
  for (const value of values) sum += value;
  return sum / values.length;
}

/** Sample standard deviation (divisor n - 1); NaN of fewer than two values. */
export function sampleDeviation(values: Column): number {
  if (values.length < 2) return NaN;
  const centre = mean(values);
  let sum = 0;
  for (const value of values) sum += (value - centre) ** 2;
  return Math.sqrt(sum / (values.length - 1));
}
