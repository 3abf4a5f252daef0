import type { Column } from "../market/column.ts";
import { requireEqualLengths } from "./arguments.ts";
import type { Indicator } from "./indicator.ts";

export interface VolumeBar {
  readonly close: number;
  readonly volume: number;
}

/** Columns of a {@link VolumeBar}; `Bars` has them. */
export interface VolumeColumns {
  readonly close: Column;
  readonly volume: Column;
}

/**
 * On-balance volume, in the unit of the volume: the running total of the volume of bars that close higher
 * less that of bars that close lower.
 *
 * Source: Granville, Granville's New Key to Stock Market Profits (1963). Seed: 0 at the first bar; TA-Lib
 * starts with the first bar's volume instead, a constant difference.
 */
export class Obv implements Indicator<VolumeBar> {
  #total = 0;
  #previous = NaN;

  next(bar: VolumeBar): number {
    return this.step(bar.close, bar.volume);
  }

  /** `next` without a bar object, for loops over columns. */
  step(close: number, volume: number): number {
    if (close > this.#previous) this.#total += volume;
    else if (close < this.#previous) this.#total -= volume;
    this.#previous = close;
    return this.#total;
  }
}

/** {@link Obv} as a column. */
export function obv(bars: VolumeColumns): Column {
  const { close, volume } = bars;
  const out = new Float64Array(requireEqualLengths("OBV", close, volume));
  let total = 0;
  let previous = NaN;
  for (let i = 0; i < out.length; i += 1) {
    const price = close[i] ?? NaN;
    if (price > previous) total += volume[i] ?? NaN;
    else if (price < previous) total -= volume[i] ?? NaN;
    previous = price;
    out[i] = total;
  }
  return out;
}
