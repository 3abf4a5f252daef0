import type { Column } from "../market/column.ts";
import { requireEqualLengths, requirePeriod } from "./arguments.ts";
import type { Indicator } from "./indicator.ts";
import { MovingMaximum, movingMaxima } from "./moving-maximum.ts";
import { Sma, sma } from "./sma.ts";
import type { RangeBar, RangeColumns } from "./true-range.ts";

export interface StochasticPeriods {
  /** Bars of the high-low channel. */
  readonly channel: number;
  /** Smoothing of %K; 1 is the fast stochastic. */
  readonly k: number;
  readonly d: number;
}

export const STOCHASTIC_PERIODS: StochasticPeriods = { channel: 14, k: 3, d: 3 };

/**
 * Stochastic oscillator, 0 to 100: where the close lies between the lowest low and the highest high of the
 * channel, smoothed by a simple moving average (%K), and that smoothed once more (%D). `next` gives %K.
 *
 * Source: Lane, Lane's Stochastics, Technical Analysis of Stocks & Commodities 2 (1984). First %K at index
 * channel + k - 2, first %D at channel + k + d - 3; 0 in a channel without height. TA-Lib agrees in the
 * values, and shows %K only from the first %D on.
 */
export class Stochastic implements Indicator<RangeBar> {
  readonly #high: MovingMaximum;
  readonly #negativeLow: MovingMaximum;
  readonly #k: Sma;
  readonly #smoothedD: Sma;
  #d = NaN;

  /** @throws FinAgentError BAD_ARGUMENT where a period is not a positive integer */
  constructor(periods: StochasticPeriods = STOCHASTIC_PERIODS) {
    const channel = requirePeriod("stochastic", periods.channel, "channel");
    this.#high = new MovingMaximum(channel);
    this.#negativeLow = new MovingMaximum(channel);
    this.#k = new Sma(requirePeriod("stochastic", periods.k, "%K period"));
    this.#smoothedD = new Sma(requirePeriod("stochastic", periods.d, "%D period"));
  }

  /** %D at the last bar. */
  get d(): number {
    return this.#d;
  }

  next(bar: RangeBar): number {
    return this.step(bar.high, bar.low, bar.close);
  }

  /** `next` without a bar object, for loops over columns. */
  step(high: number, low: number, close: number): number {
    const lowest = -this.#negativeLow.next(-low);
    const height = this.#high.next(high) - lowest;
    const k = this.#k.next(height === 0 ? 0 : (100 * (close - lowest)) / height);
    this.#d = this.#smoothedD.next(k);
    return k;
  }
}

export interface StochasticColumns {
  readonly k: Column;
  readonly d: Column;
}

/** {@link Stochastic} as columns. */
export function stochastic(
  bars: RangeColumns,
  periods: StochasticPeriods = STOCHASTIC_PERIODS,
): StochasticColumns {
  const { high, low, close } = bars;
  const channel = requirePeriod("stochastic", periods.channel, "channel");
  requirePeriod("stochastic", periods.k, "%K period");
  requirePeriod("stochastic", periods.d, "%D period");
  const raw = new Float64Array(requireEqualLengths("stochastic", close, high, low));
  const highest = movingMaxima(high, channel);
  for (let i = 0; i < raw.length; i += 1) raw[i] = -(low[i] ?? NaN);
  const negativeLowest = movingMaxima(raw, channel);
  for (let i = 0; i < raw.length; i += 1) {
    const lowest = -(negativeLowest[i] ?? NaN);
    const height = (highest[i] ?? NaN) - lowest;
    raw[i] = height === 0 ? 0 : (100 * ((close[i] ?? NaN) - lowest)) / height;
  }
  const k = sma(raw, periods.k);
  return { k, d: sma(k, periods.d) };
}
