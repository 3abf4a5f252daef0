import type { Bars } from "../market/bars.ts";
import { at, type Column, countAtMost } from "../market/column.ts";
import { simpleReturns } from "./returns.ts";

/** Statistics of fewer bars than this say nothing: a sample deviation of 20 is still off by some 16%. */
export const MINIMUM_BARS = 20;

/** Closes of several symbols at the bars that all of them have, oldest first. */
export interface CommonWindow {
  /** Common bars; there is one return fewer. */
  readonly length: number;
  /** Opening times of the bars, epoch milliseconds. */
  readonly time: Column;
  readonly closes: readonly Column[];
  readonly returns: readonly Column[];
}

/** Opening times of the last `lookback` bars. */
export function windowTimes(bars: Bars, lookback: number): Column {
  return bars.time.subarray(Math.max(0, bars.length - lookback));
}

/**
 * The times that two windows share. The later of the two starts bounds both, so that the result does not
 * depend on the order in which windows are combined.
 */
export function commonTimes(one: Column, other: Column): Column {
  const shared = new Float64Array(Math.min(one.length, other.length));
  let count = 0;
  let i = 0;
  let j = 0;
  while (i < one.length && j < other.length) {
    const a = at(one, i);
    const b = at(other, j);
    if (a === b) {
      shared[count] = a;
      count += 1;
    }
    if (a <= b) i += 1;
    if (b <= a) j += 1;
  }
  return shared.subarray(0, count);
}

/** The times that all symbols share within the last `lookback` bars of each; none of no symbols. */
export function sharedTimes(bars: readonly Bars[], lookback: number): Column {
  const [first, ...others] = bars.map((one) => windowTimes(one, lookback));
  return others.reduce(commonTimes, first ?? new Float64Array(0));
}

/**
 * Aligns symbols on opening times at which each of them has a bar. A return over a bar that one symbol misses spans
 * the gap for all of them.
 */
export function windowAt(bars: readonly Bars[], time: Column): CommonWindow {
  const closes = bars.map((one) => closesAt(one, time));
  return { length: time.length, time, closes, returns: closes.map(simpleReturns) };
}

/** Closes at the given opening times. */
function closesAt(bars: Bars, time: Column): Column {
  const closes = new Float64Array(time.length);
  if (time.length === 0) return closes;
  let index = countAtMost(bars.time, at(time, 0)) - 1;
  for (let t = 0; t < time.length; t += 1) {
    while (at(bars.time, index) < at(time, t)) index += 1;
    closes[t] = at(bars.close, index);
  }
  return closes;
}
