import { at, type Column } from "../../market/column.ts";

/** Autocorrelations near 1 would ask for a window longer than the data. */
const MOST_MEMORY = 0.97;

/**
 * Variance of the sum of a mean-zero column over its length as it grows, with a Parzen window whose width suits a first
 * order autoregression fitted to it (Andrews, Econometrica 59, 1991: 2.6614 (alpha n)^(1/5), alpha = 4 r^2 / (1 - r)^4),
 * times n / (n - 4) as Ledoit and Wolf have it for four moments.
 */
export function longRunVariance(values: Column): number {
  const n = values.length;
  const variance = covariance(values, 0);
  const memory = Math.min(
    MOST_MEMORY,
    Math.max(-MOST_MEMORY, variance > 0 ? covariance(values, 1) / variance : 0),
  );
  const width = 2.6614 * (((4 * memory ** 2) / (1 - memory) ** 4) * n) ** 0.2;
  let sum = variance;
  for (let lag = 1; lag < Math.min(width, n); lag += 1)
    sum += 2 * parzen(lag / width) * covariance(values, lag);
  return (sum * n) / Math.max(1, n - 4);
}

function parzen(x: number): number {
  return x <= 0.5 ? 1 - 6 * x ** 2 + 6 * x ** 3 : 2 * (1 - x) ** 3;
}

function covariance(values: Column, lag: number): number {
  let sum = 0;
  for (let t = lag; t < values.length; t += 1) sum += at(values, t) * at(values, t - lag);
  return sum / values.length;
}
