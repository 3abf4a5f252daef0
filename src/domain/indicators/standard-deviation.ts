import type { Column } from "../market/column.ts";
import { requirePeriod } from "./arguments.ts";
import type { Indicator } from "./indicator.ts";
import { MovingMoments, movingMoments } from "./moving-moments.ts";

/**
 * Standard deviation of the last `period` values, of the population (divisor `period`), in their unit.
 * First value at index period - 1. TA-Lib agrees in the definition, but takes the mean of the squares less
 * the square of the mean, which loses its digits where values are large against their spread; see
 * moving-moments.ts for what is done here.
 */
export class StandardDeviation implements Indicator {
  readonly #moments: MovingMoments;

  /** @throws FinAgentError BAD_ARGUMENT where the period is not a positive integer */
  constructor(period: number) {
    this.#moments = new MovingMoments(requirePeriod("standard deviation", period));
  }

  next(value: number): number {
    if (Number.isNaN(value)) return NaN;
    this.#moments.add(value);
    return Math.sqrt(this.#moments.variance);
  }
}

/** {@link StandardDeviation} as a column. */
export function standardDeviation(values: Column, period: number): Column {
  const out = new Float64Array(values.length);
  movingMoments(values, requirePeriod("standard deviation", period), { variance: out });
  for (let i = 0; i < out.length; i += 1) out[i] = Math.sqrt(out[i] ?? NaN);
  return out;
}
