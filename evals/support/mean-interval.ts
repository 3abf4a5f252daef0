import { randomFrom } from "../../src/domain/random.ts";

export interface Interval {
  readonly mean: number;
  readonly low: number;
  readonly high: number;
}

const RESAMPLES = 2000;

/** The mean of a figure over samples, with a 95 % interval by bootstrap (B. Efron, Annals of Statistics 7(1), 1979). */
export function meanWithInterval(values: readonly number[], seed: number): Interval {
  const random = randomFrom(seed).fork("mean");
  const mean = (sample: readonly number[]): number =>
    sample.reduce((sum, value) => sum + value, 0) / sample.length;
  const means = Array.from({ length: RESAMPLES }, () =>
    mean(values.map(() => values[random.integer(values.length)] ?? NaN)),
  ).sort((a, b) => a - b);
  return {
    mean: mean(values),
    low: means[Math.floor(0.025 * RESAMPLES)] ?? NaN,
    high: means[Math.ceil(0.975 * RESAMPLES) - 1] ?? NaN,
  };
}
