import type { Indicator } from "./indicator.ts";

/**
 * The sum of the last `period` values, in constant time per value and without drift. Adding the new value to
 * a running sum and subtracting the old one collects rounding errors for ever; here nothing is subtracted.
 * Time is cut into blocks of `period` values, and a window is a suffix of one block and a prefix of the
 * next: the suffix sums are made once when a block is full, the prefix grows by one addition per value.
 * The error is that of a direct sum of the window, however long the series.
 *
 * Source of the block scheme: van Herk, Pattern Recognition Letters 13 (1992), there for maxima.
 */
export class MovingSum implements Indicator {
  /** Up to `filled` the values of the running block, from there on the suffix sums of the block before. */
  readonly #block: Float64Array;
  #filled = 0;
  #prefix = 0;

  /** @param period positive integer, checked by the caller */
  constructor(period: number) {
    this.#block = new Float64Array(period).fill(NaN);
  }

  next(value: number): number {
    if (Number.isNaN(value)) return NaN;
    const block = this.#block;
    const filled = this.#filled + 1;
    const prefix = this.#prefix + value;
    block[filled - 1] = value;
    if (filled === block.length) {
      this.#turn();
      return prefix;
    }
    this.#filled = filled;
    this.#prefix = prefix;
    return prefix + (block[filled] ?? NaN);
  }

  #turn(): void {
    const block = this.#block;
    let suffix = 0;
    for (let i = block.length - 1; i >= 0; i -= 1) {
      suffix += block[i] ?? NaN;
      block[i] = suffix;
    }
    this.#filled = 0;
    this.#prefix = 0;
  }
}
