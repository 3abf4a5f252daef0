import type { Column } from "../market/column.ts";
import { requireEqualLengths, requirePeriod } from "./arguments.ts";
import { Ema, ema } from "./ema.ts";
import type { Indicator } from "./indicator.ts";
import { type RangeBar, type RangeColumns, TrueRange, trueRange } from "./true-range.ts";

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
  requirePeriod("ATR", period);
  requireEqualLengths("ATR", bars.close, bars.high, bars.low);
  return ema(trueRange(bars), period, 1 / period);
}
