import type { Column } from "../market/column.ts";
import type { Indicator } from "./indicator.ts";
import { firstNumber } from "./observed-from.ts";

/** A sum that shrinks to this part of its largest has lost three digits of the sixteen. */
const SHRUNK = 1e-3;

/** Values between two direct sums of a window: enough that these cost an eighth of the whole at most. */
function stretchOf(period: number): number {
  return Math.max(512, 8 * period);
}

/**
 * The sum of the last `period` values, in constant time per value and without drift: the newest value less
 * the oldest is added to the sum, and the window is summed anew at the end of every stretch of 512 values, or
 * of eight periods, and as soon as the sum has shrunk to a thousandth of its largest in the stretch, as when
 * an outlier leaves. Rounding errors therefore stay below 1e-10 of the sum, however long the series.
 */
export class MovingSum implements Indicator {
  readonly #ring: Float64Array;
  readonly #stretch: number;
  #oldest = 0;
  #seen = 0;
  #sum = 0;
  #largest = 0;

  /** @param period positive integer, checked by the caller */
  constructor(period: number) {
    this.#ring = new Float64Array(period);
    this.#stretch = stretchOf(period);
  }

  next(value: number): number {
    if (Number.isNaN(value)) return NaN;
    const ring = this.#ring;
    const at = this.#oldest;
    const oldest = ring[at] ?? NaN;
    ring[at] = value;
    this.#oldest = at + 1 === ring.length ? 0 : at + 1;
    this.#seen += 1;
    const later = this.#seen - ring.length;
    if (later < 0) return NaN;
    if (later % this.#stretch === 0) return this.#anew();
    this.#sum += value - oldest;
    const size = Math.abs(this.#sum);
    if (size > this.#largest) this.#largest = size;
    else if (size < SHRUNK * this.#largest) return this.#anew();
    return this.#sum;
  }

  /** From the oldest value to the newest. */
  #anew(): number {
    const ring = this.#ring;
    let sum = 0;
    for (let k = this.#oldest; k < ring.length; k += 1) sum += ring[k] ?? NaN;
    for (let k = 0; k < this.#oldest; k += 1) sum += ring[k] ?? NaN;
    this.#sum = sum;
    this.#largest = Math.abs(sum);
    return sum;
  }
}

/** {@link MovingSum} over a column, each sum divided by `divisor`: the same additions in the same order. */
export function movingSums(values: Column, period: number, divisor: number): Column {
  const { length } = values;
  const out = new Float64Array(length);
  const from = firstNumber(values);
  const first = Math.min(length, from + period - 1);
  const stretch = stretchOf(period);
  out.fill(NaN, 0, first);
  for (let start = first; start < length; start += stretch) {
    let sum = windowSum(values, start, period);
    let greatest = sum;
    let least = sum;
    out[start] = sum / divisor;
    const end = Math.min(length, start + stretch);
    for (let i = start + 1; i < end; i += 1) {
      sum += (values[i] ?? NaN) - (values[i - period] ?? NaN);
      if (sum > greatest) greatest = sum;
      if (sum < least) least = sum;
      out[i] = sum / divisor;
    }
    // A NaN that came into the sum has not left it: a hole, which is no observation.
    if (Number.isNaN(sum)) return oneByOne(values, period, divisor, out);
    // Sums of one sign that stay near each other, as those of prices do, have not shrunk.
    const near = least > 0 ? least >= SHRUNK * greatest : greatest < 0 && greatest <= SHRUNK * least;
    if (!near) watchfully(values, period, divisor, out, start, end);
  }
  return out;
}

/** A stretch in which the sum may have shrunk, once more with an eye on it. */
function watchfully(
  values: Column,
  period: number,
  divisor: number,
  out: Column,
  start: number,
  end: number,
): void {
  let sum = windowSum(values, start, period);
  let largest = Math.abs(sum);
  for (let i = start + 1; i < end; i += 1) {
    sum += (values[i] ?? NaN) - (values[i - period] ?? NaN);
    const size = Math.abs(sum);
    if (size > largest) {
      largest = size;
    } else if (size < SHRUNK * largest) {
      sum = windowSum(values, i, period);
      largest = Math.abs(sum);
    }
    out[i] = sum / divisor;
  }
}

function windowSum(values: Column, last: number, period: number): number {
  let sum = 0;
  for (let k = last - period + 1; k <= last; k += 1) sum += values[k] ?? NaN;
  return sum;
}

function oneByOne(values: Column, period: number, divisor: number, out: Column): Column {
  const sum = new MovingSum(period);
  for (let i = 0; i < out.length; i += 1) out[i] = sum.next(values[i] ?? NaN) / divisor;
  return out;
}
