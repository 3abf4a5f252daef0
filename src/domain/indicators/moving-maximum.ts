import type { Column } from "../market/column.ts";
import type { Indicator } from "./indicator.ts";
import { observedFrom } from "./observed-from.ts";

/**
 * The greatest of the last `period` values, in constant time per value; exact. The minimum is
 * minus the maximum of the negatives, which is exact as well.
 *
 * Time is cut into blocks of `period` values, and a window is a suffix of one block and a prefix of the
 * next: the suffix maxima are made once when a block is full, the prefix grows value by value. Sources: van Herk, Pattern Recognition Letters 13 (1992); Gil and
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

/** {@link MovingMaximum} over a column. */
export function movingMaxima(values: Column, period: number): Column {
  const { length } = values;
  const out = new Float64Array(length);
  const from = observedFrom(values);
  if (from === null) {
    const maximum = new MovingMaximum(period);
    for (let i = 0; i < length; i += 1) out[i] = maximum.next(values[i] ?? NaN);
    return out;
  }
  // Only after a whole block has its suffix maxima does a window reach back over its edge.
  const suffixes = new Float64Array(period + 1).fill(NaN);
  suffixes[period] = -Infinity;
  out.fill(NaN, 0, from);
  for (let start = from; start < length; start += period) {
    const end = Math.min(length, start + period);
    let prefix = -Infinity;
    for (let i = start; i < end; i += 1) {
      const value = values[i] ?? NaN;
      if (value > prefix) prefix = value;
      const suffix = suffixes[i - start + 1] ?? NaN;
      out[i] = Math.max(prefix, suffix);
    }
    let suffix = -Infinity;
    for (let k = end - start - 1; k >= 0; k -= 1) {
      const value = values[start + k] ?? NaN;
      if (value > suffix) suffix = value;
      suffixes[k] = suffix;
    }
  }
  return out;
}
