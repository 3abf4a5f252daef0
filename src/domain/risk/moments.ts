import type { Column } from "../market/column.ts";

/** Arithmetic mean; NaN of nothing. */
export function mean(values: Column): number {
  let sum = 0;
  for (let i = 0; i < values.length; i += 1) sum += values[i] ?? NaN;
  return sum / values.length;
}

/** Sample standard deviation (divisor n - 1); NaN of fewer than two values. */
export function sampleDeviation(values: Column): number {
  if (values.length < 2) return NaN;
  const centre = mean(values);
  let sum = 0;
  for (let i = 0; i < values.length; i += 1) sum += ((values[i] ?? NaN) - centre) ** 2;
  return Math.sqrt(sum / (values.length - 1));
}
