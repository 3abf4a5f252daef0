import type { Column } from "../market/column.ts";
import { requirePeriod } from "./arguments.ts";
import type { Indicator } from "./indicator.ts";
import { MovingSum } from "./moving-sum.ts";

/**
 * Simple moving average: the mean of the last `period` values, in their unit. First value at index
 * period - 1. TA-Lib agrees.
 */
export class Sma implements Indicator {
  readonly #sum: MovingSum;
  readonly #period: number;

  /** @throws FinAgentError BAD_ARGUMENT where the period is not a positive integer */
  constructor(period: number) {
    this.#period = requirePeriod("SMA", period);
    this.#sum = new MovingSum(period);
  }

  next(value: number): number {
    return this.#sum.next(value) / this.#period;
  }
}

/** {@link Sma} as a column. */
export function sma(values: Column, period: number): Column {
  const indicator = new Sma(period);
  const out = new Float64Array(values.length);
  for (let i = 0; i < out.length; i += 1) out[i] = indicator.next(values[i] ?? NaN);
  return out;
}
