import type { Column } from "../market/column.ts";
import { observedFrom } from "./observed-from.ts";

/**
 * Mean and sum of squared deviations of the last `period` values, in constant time per value. No term is
 * ever subtracted: a window is a suffix of one block and a prefix of the next (van Herk's scheme, see moving-maximum.ts), each
 * grown value by value and the two joined by formulas whose terms are all positive. Values are measured from
 * a reference near them, so that a large common offset costs no digits. Equal values give exactly zero.
 *
 * Sources: growing, Welford, Technometrics 4 (1962); joining, Chan, Golub and LeVeque, The American
 * Statistician 37 (1983), equation 2.1.
 */
export class MovingMoments {
  readonly #period: number;
  /** Up to `filled` the values of the running block, from there on the suffix means of the block before. */
  readonly #block: Float64Array;
  /** Squared deviations of the suffixes. */
  readonly #suffixSquares: Float64Array;
  #filled = 0;
  #reference = NaN;
  #prefixMean = 0;
  #prefixSquares = 0;
  #mean = NaN;
  #squares = NaN;
  #distance = NaN;

  /** @param period positive integer, checked by the caller */
  constructor(period: number) {
    this.#period = period;
    this.#block = new Float64Array(period).fill(NaN);
    this.#suffixSquares = new Float64Array(period).fill(NaN);
  }

  /** NaN until `period` values were seen. */
  get mean(): number {
    return this.#mean;
  }

  /** Population variance, never negative. */
  get variance(): number {
    return this.#squares / this.#period;
  }

  /** The latest value less the mean. */
  get distance(): number {
    return this.#distance;
  }

  /** Takes the next value, which must not be NaN. */
  add(value: number): void {
    if (Number.isNaN(this.#reference)) this.#reference = value;
    const period = this.#period;
    const count = this.#filled + 1;
    const shifted = value - this.#reference;
    const delta = shifted - this.#prefixMean;
    const prefixMean = this.#prefixMean + delta / count;
    const prefixSquares = this.#prefixSquares + delta * (shifted - prefixMean);
    this.#block[this.#filled] = value;

    let mean = prefixMean;
    let squares = prefixSquares;
    if (count < period) {
      const share = count / period;
      const suffixMean = this.#block[count] ?? NaN;
      const gap = prefixMean - suffixMean;
      mean = suffixMean + gap * share;
      squares += (this.#suffixSquares[count] ?? NaN) + gap * gap * share * (period - count);
    }
    this.#mean = this.#reference + mean;
    this.#distance = shifted - mean;
    this.#squares = squares;

    this.#filled = count;
    this.#prefixMean = prefixMean;
    this.#prefixSquares = prefixSquares;
    if (count === period) this.#turn(value);
  }

  #turn(reference: number): void {
    let mean = 0;
    let squares = 0;
    for (let i = this.#period - 1, count = 1; i >= 0; i -= 1, count += 1) {
      const shifted = (this.#block[i] ?? NaN) - reference;
      const delta = shifted - mean;
      mean += delta / count;
      squares += delta * (shifted - mean);
      this.#block[i] = mean;
      this.#suffixSquares[i] = squares;
    }
    this.#reference = reference;
    this.#filled = 0;
    this.#prefixMean = 0;
    this.#prefixSquares = 0;
  }
}

/** Columns to be filled; what is not wanted is left out. */
export interface MomentColumns {
  readonly mean?: Column;
  /** Of the population. */
  readonly variance?: Column;
  /** The latest value less the mean. */
  readonly distance?: Column;
}

/** {@link MovingMoments} over a column: the same operations in the same order. */
export function movingMoments(values: Column, period: number, wanted: MomentColumns): void {
  const { mean: means, variance: variances, distance: distances } = wanted;
  const { length } = values;
  const from = observedFrom(values);
  if (from === null) {
    oneByOne(values, period, wanted);
    return;
  }
  const first = Math.min(length, from + period - 1);
  for (const column of [means, variances, distances]) column?.fill(NaN, 0, first);
  const suffixMeans = new Float64Array(period);
  const suffixSquares = new Float64Array(period);
  for (let start = from, reference = values[from] ?? NaN; start < length; start += period) {
    const end = Math.min(length, start + period);
    let prefixMean = 0;
    let prefixSquares = 0;
    for (let i = start; i < end; i += 1) {
      const count = i - start + 1;
      const shifted = (values[i] ?? NaN) - reference;
      const delta = shifted - prefixMean;
      prefixMean += delta / count;
      prefixSquares += delta * (shifted - prefixMean);
      if (i < first) continue;
      let mean = prefixMean;
      let squares = prefixSquares;
      if (count < period) {
        const share = count / period;
        const suffixMean = suffixMeans[count] ?? NaN;
        const gap = prefixMean - suffixMean;
        mean = suffixMean + gap * share;
        squares += (suffixSquares[count] ?? NaN) + gap * gap * share * (period - count);
      }
      if (means !== undefined) means[i] = reference + mean;
      if (variances !== undefined) variances[i] = squares / period;
      if (distances !== undefined) distances[i] = shifted - mean;
    }
    reference = values[end - 1] ?? NaN;
    let mean = 0;
    let squares = 0;
    for (let k = period - 1, count = 1; k >= 0 && start + k < length; k -= 1, count += 1) {
      const shifted = (values[start + k] ?? NaN) - reference;
      const delta = shifted - mean;
      mean += delta / count;
      squares += delta * (shifted - mean);
      suffixMeans[k] = mean;
      suffixSquares[k] = squares;
    }
  }
}

function oneByOne(values: Column, period: number, { mean, variance, distance }: MomentColumns): void {
  const moments = new MovingMoments(period);
  for (let i = 0; i < values.length; i += 1) {
    const value = values[i] ?? NaN;
    const hole = Number.isNaN(value);
    if (!hole) moments.add(value);
    if (mean !== undefined) mean[i] = hole ? NaN : moments.mean;
    if (variance !== undefined) variance[i] = hole ? NaN : moments.variance;
    if (distance !== undefined) distance[i] = hole ? NaN : moments.distance;
  }
}
