import type { Column } from "../market/column.ts";
import { requirePeriod } from "./arguments.ts";
import type { Indicator } from "./indicator.ts";
import { MovingSum, movingSums } from "./moving-sum.ts";

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
  return movingSums(values, requirePeriod("SMA", period), period);
}
