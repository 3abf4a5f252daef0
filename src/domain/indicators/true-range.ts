import type { Column } from "../market/column.ts";
import { requireEqualLengths } from "./arguments.ts";
import type { Indicator } from "./indicator.ts";

export interface RangeBar {
  readonly high: number;
  readonly low: number;
  readonly close: number;
}

/** Columns of a {@link RangeBar}; `Bars` has them. */
export interface RangeColumns {
  readonly high: Column;
  readonly low: Column;
  readonly close: Column;
}

/**
 * True range, in the unit of the prices: the greatest of high - low, |high - previous close| and
 * |low - previous close|.
 *
 * Source: Wilder, New Concepts in Technical Trading Systems (1978). First value at index 1, as the first bar
 * has no previous close; TA-Lib agrees, other libraries take high - low there.
 */
export class TrueRange implements Indicator<RangeBar> {
  #previous = NaN;

  next(bar: RangeBar): number {
    return this.step(bar.high, bar.low, bar.close);
  }

  /** `next` without a bar object, for loops over columns. */
  step(high: number, low: number, close: number): number {
    const range = Math.max(high - low, Math.abs(high - this.#previous), Math.abs(low - this.#previous));
    this.#previous = close;
    return range;
  }
}

/** {@link TrueRange} as a column. */
export function trueRange(bars: RangeColumns): Column {
  const { high, low, close } = bars;
  const out = new Float64Array(requireEqualLengths("true range", close, high, low));
  let previous = NaN;
  for (let i = 0; i < out.length; i += 1) {
    const top = high[i] ?? NaN;
    const bottom = low[i] ?? NaN;
    out[i] = Math.max(top - bottom, Math.abs(top - previous), Math.abs(bottom - previous));
    previous = close[i] ?? NaN;
  }
  return out;
}
