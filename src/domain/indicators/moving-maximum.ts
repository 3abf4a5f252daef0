import type { Indicator } from "./indicator.ts";

/**
 * The greatest of the last `period` values, in constant time per value; exact. The minimum is
 * minus the maximum of the negatives, which is exact as well.
 *
 * The blocks are those of moving-sum.ts. Sources: van Herk, Pattern Recognition Letters 13 (1992); Gil and
 * Werman, IEEE PAMI 15 (1993).
 */
export class MovingMaximum implements Indicator {
  /** Up to `filled` the values of the running block, from there on the suffix maxima of the block before. */
  readonly #block: Float64Array;
  #filled = 0;
  #prefix = -Infinity;

  /** @param period positive integer, checked by the caller */
  constructor(period: number) {
    this.#block = new Float64Array(period).fill(NaN);
  }

  next(value: number): number {
    if (Number.isNaN(value)) return NaN;
    const block = this.#block;
    const filled = this.#filled + 1;
    const prefix = Math.max(value, this.#prefix);
    block[filled - 1] = value;
    if (filled === block.length) {
      this.#turn();
      return prefix;
    }
    this.#filled = filled;
    this.#prefix = prefix;
    const suffix = block[filled] ?? NaN;
    return Math.max(prefix, suffix);
  }

  #turn(): void {
    const block = this.#block;
    let suffix = -Infinity;
    for (let i = block.length - 1; i >= 0; i -= 1) {
      suffix = Math.max(suffix, block[i] ?? NaN);
      block[i] = suffix;
    }
    this.#filled = 0;
    this.#prefix = -Infinity;
  }
}
