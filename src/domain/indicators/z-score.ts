import type { Column } from "../market/column.ts";
import { requirePeriod } from "./arguments.ts";
import type { Indicator } from "./indicator.ts";
import { MovingMoments, movingMoments } from "./moving-moments.ts";

/**
 * The latest value's distance from the mean of the last `period` values, itself among them, in their
 * population standard deviations; no unit, never beyond the square root of period - 1. First value at index
 * period - 1; NaN where all values of the window are equal. TA-Lib has none.
 */
export class ZScore implements Indicator {
  readonly #moments: MovingMoments;

  /** @throws FinAgentError BAD_ARGUMENT where the period is not a positive integer */
  constructor(period: number) {
    this.#moments = new MovingMoments(requirePeriod("z-score", period));
  }

  next(value: number): number {
    if (Number.isNaN(value)) return NaN;
    this.#moments.add(value);
    return this.#moments.distance / Math.sqrt(this.#moments.variance);
  }
}

/** {@link ZScore} as a column. */
export function zScore(values: Column, period: number): Column {
  const out = new Float64Array(values.length);
  const variance = new Float64Array(values.length);
  movingMoments(values, requirePeriod("z-score", period), { variance, distance: out });
  for (let i = 0; i < out.length; i += 1) out[i] = (out[i] ?? NaN) / Math.sqrt(variance[i] ?? NaN);
  return out;
}
