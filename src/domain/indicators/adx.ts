import type { Column } from "../market/column.ts";
import { requireEqualLengths, requirePeriod } from "./arguments.ts";
import { atr } from "./atr.ts";
import { Ema, ema } from "./ema.ts";
import type { Indicator } from "./indicator.ts";
import { type RangeBar, type RangeColumns, TrueRange } from "./true-range.ts";

/**
 * Average directional index, 0 to 100: how strongly prices move in one direction, whichever it is. A bar's
 * upward movement is its rise of the high where that is positive and greater than its fall of the low, its
 * downward movement the reverse. +DI and -DI are 100 x their Wilder averages over the average true range,
 * DX = 100 x |+DI - -DI| / (+DI + -DI), and ADX is the Wilder average of DX. `next` gives ADX. Without any
 * movement +DI, -DI and DX are 0.
 *
 * Source: Wilder, New Concepts in Technical Trading Systems (1978). Seeds: the means of bars 1 to `period`,
 * and of the first `period` values of DX; first +DI and -DI at index `period`, first ADX at 2 x period - 1.
 * TA-Lib differs in its early values: its sums start from period - 1 bars.
 */
export class Adx implements Indicator<RangeBar> {
  readonly #range = new TrueRange();
  readonly #averageRange: Ema;
  readonly #averageUp: Ema;
  readonly #averageDown: Ema;
  readonly #averageDx: Ema;
  #previousHigh = NaN;
  #previousLow = NaN;
  #plusDi = NaN;
  #minusDi = NaN;

  /** @throws FinAgentError BAD_ARGUMENT where the period is not a positive integer */
  constructor(period: number) {
    const smoothing = 1 / requirePeriod("ADX", period);
    this.#averageRange = new Ema(period, smoothing);
    this.#averageUp = new Ema(period, smoothing);
    this.#averageDown = new Ema(period, smoothing);
    this.#averageDx = new Ema(period, smoothing);
  }

  /** +DI at the last bar. */
  get plusDi(): number {
    return this.#plusDi;
  }

  /** -DI at the last bar. */
  get minusDi(): number {
    return this.#minusDi;
  }

  next(bar: RangeBar): number {
    return this.step(bar.high, bar.low, bar.close);
  }

  /** `next` without a bar object, for loops over columns. */
  step(high: number, low: number, close: number): number {
    const rise = high - this.#previousHigh;
    const fall = this.#previousLow - low;
    this.#previousHigh = high;
    this.#previousLow = low;
    const range = this.#averageRange.next(this.#range.step(high, low, close));
    if (Number.isNaN(rise)) return NaN;
    const up = this.#averageUp.next(rise > fall && rise > 0 ? rise : 0);
    const down = this.#averageDown.next(fall > rise && fall > 0 ? fall : 0);
    this.#plusDi = range === 0 ? 0 : (100 * up) / range;
    this.#minusDi = range === 0 ? 0 : (100 * down) / range;
    const moved = up + down;
    return this.#averageDx.next(moved === 0 ? 0 : (100 * Math.abs(up - down)) / moved);
  }
}

export interface AdxColumns {
  readonly adx: Column;
  readonly plusDi: Column;
  readonly minusDi: Column;
}

/** {@link Adx} as columns. */
export function adx(bars: RangeColumns, period: number): AdxColumns {
  const { high, low, close } = bars;
  requirePeriod("ADX", period);
  requireEqualLengths("ADX", close, high, low);
  const range = atr(bars, period);
  const up = new Float64Array(range.length).fill(NaN, 0, 1);
  const down = new Float64Array(range.length).fill(NaN, 0, 1);
  for (let i = 1; i < range.length; i += 1) {
    const rise = (high[i] ?? NaN) - (high[i - 1] ?? NaN);
    const fall = (low[i - 1] ?? NaN) - (low[i] ?? NaN);
    up[i] = rise > fall && rise > 0 ? rise : 0;
    down[i] = fall > rise && fall > 0 ? fall : 0;
  }
  const plusDi = ema(up, period, 1 / period);
  const minusDi = ema(down, period, 1 / period);
  const dx = up;
  for (let i = 0; i < dx.length; i += 1) {
    const rising = plusDi[i] ?? NaN;
    const falling = minusDi[i] ?? NaN;
    const moved = rising + falling;
    dx[i] = moved === 0 ? 0 : (100 * Math.abs(rising - falling)) / moved;
    const of = range[i] ?? NaN;
    plusDi[i] = of === 0 ? 0 : (100 * rising) / of;
    minusDi[i] = of === 0 ? 0 : (100 * falling) / of;
  }
  return { adx: ema(dx, period, 1 / period), plusDi, minusDi };
}
