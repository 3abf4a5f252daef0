import type { Column } from "../market/column.ts";
import { requirePeriod } from "./arguments.ts";
import type { Indicator } from "./indicator.ts";

/**
 * Linearly weighted moving average: the last value counts `period` times, the one before period - 1 times,
 * the oldest once; in the unit of the values. First value at index period - 1. TA-Lib agrees.
 *
 * Computed in blocks (see moving-maximum.ts): a suffix of the block before with weights 1 … k, and the prefix of
 * the running block with weights k + 1 … period. Nothing is subtracted, so nothing drifts.
 */
export class Wma implements Indicator {
  readonly #period: number;
  readonly #divisor: number;
  /** Up to `filled` the values of the running block, from there on the weighted suffix sums. */
  readonly #block: Float64Array;
  #filled = 0;
  /** Of the running block: the sum, and the sum weighted 1, 2, 3 … from its first value. */
  #sum = 0;
  #weighted = 0;

  /** @throws FinAgentError BAD_ARGUMENT where the period is not a positive integer */
  constructor(period: number) {
    this.#period = requirePeriod("WMA", period);
    this.#divisor = (period * (period + 1)) / 2;
    this.#block = new Float64Array(period).fill(NaN);
  }

  next(value: number): number {
    if (Number.isNaN(value)) return NaN;
    const filled = this.#filled + 1;
    const sum = this.#sum + value;
    const weighted = this.#weighted + filled * value;
    this.#block[filled - 1] = value;
    if (filled === this.#period) {
      this.#turn();
      return weighted / this.#divisor;
    }
    this.#filled = filled;
    this.#sum = sum;
    this.#weighted = weighted;
    const older = this.#block[filled] ?? NaN;
    return (older + (weighted + (this.#period - filled) * sum)) / this.#divisor;
  }

  #turn(): void {
    let sum = 0;
    let weighted = 0;
    for (let i = this.#period - 1; i >= 0; i -= 1) {
      // An older value with weight 1 raises the weight of all later ones by 1.
      sum += this.#block[i] ?? NaN;
      weighted += sum;
      this.#block[i] = weighted;
    }
    this.#filled = 0;
    this.#sum = 0;
    this.#weighted = 0;
  }
}

/** {@link Wma} as a column. */
export function wma(values: Column, period: number): Column {
  const indicator = new Wma(period);
  const out = new Float64Array(values.length);
  for (let i = 0; i < out.length; i += 1) out[i] = indicator.next(values[i] ?? NaN);
  return out;
}
