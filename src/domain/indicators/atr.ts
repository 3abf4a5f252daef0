import type { Column } from "../market/column.ts";
import { requireEqualLengths, requirePeriod } from "./arguments.ts";
import { Ema } from "./ema.ts";
import type { Indicator } from "./indicator.ts";
import { type RangeBar, type RangeColumns, TrueRange } from "./true-range.ts";

/**
 * Average true range, in the unit of the prices: Wilder's average of the true range.
 *
 * Source: Wilder, New Concepts in Technical Trading Systems (1978). Seed: the mean of the true ranges of
 * bars 1 to `period`; first value at index `period`. TA-Lib agrees; libraries that give the first bar a true
 * range start one bar earlier.
 */
export class Atr implements Indicator<RangeBar> {
  readonly #range = new TrueRange();
  readonly #average: Ema;

  /** @throws FinAgentError BAD_ARGUMENT where the period is not a positive integer */
  constructor(period: number) {
    this.#average = new Ema(requirePeriod("ATR", period), 1 / period);
  }

  next(bar: RangeBar): number {
    return this.step(bar.high, bar.low, bar.close);
  }

  /** `next` without a bar object, for loops over columns. */
  step(high: number, low: number, close: number): number {
    return this.#average.next(this.#range.step(high, low, close));
  }
}

/** {@link Atr} as a column. */
export function atr(bars: RangeColumns, period: number): Column {
  const { high, low, close } = bars;
  const indicator = new Atr(period);
  const out = new Float64Array(requireEqualLengths("ATR", close, high, low));
  for (let i = 0; i < out.length; i += 1) {
    out[i] = indicator.step(high[i] ?? NaN, low[i] ?? NaN, close[i] ?? NaN);
  }
  return out;
}
