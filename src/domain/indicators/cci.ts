import type { Column } from "../market/column.ts";
import { requireEqualLengths, requirePeriod } from "./arguments.ts";
import type { Indicator } from "./indicator.ts";
import type { RangeBar, RangeColumns } from "./true-range.ts";
import { typicalPrice } from "./typical-price.ts";

/** Lambert's factor: most values of a quiet market then lie within 100 of zero. */
const SCALE = 0.015;

/**
 * Commodity channel index: how far the typical price lies from its mean over the last `period` bars, in units of
 * 0.015 mean absolute deviations; 0 where all are equal.
 *
 * Source: Lambert, Commodity Channel Index, Commodities 9 (1980). First value at index period - 1. TA-Lib agrees.
 */
export class Cci implements Indicator<RangeBar> {
  readonly #prices: Float64Array;
  #oldest = 0;
  #seen = 0;

  /** @throws FinAgentError BAD_ARGUMENT where the period is not a positive integer */
  constructor(period: number) {
    this.#prices = new Float64Array(requirePeriod("CCI", period));
  }

  next({ high, low, close }: RangeBar): number {
    const price = typicalPrice(high, low, close);
    if (Number.isNaN(price)) return NaN;
    const prices = this.#prices;
    prices[this.#oldest] = price;
    this.#oldest = this.#oldest + 1 === prices.length ? 0 : this.#oldest + 1;
    this.#seen += 1;
    return this.#seen < prices.length ? NaN : indexOf(prices, this.#oldest, price);
  }
}

/** {@link Cci} as a column. */
export function cci(bars: RangeColumns, period: number): Column {
  const { high, low, close } = bars;
  const indicator = new Cci(period);
  const out = new Float64Array(requireEqualLengths("CCI", close, high, low));
  const bar = { high: NaN, low: NaN, close: NaN };
  for (let i = 0; i < out.length; i += 1) {
    bar.high = high[i] ?? NaN;
    bar.low = low[i] ?? NaN;
    bar.close = close[i] ?? NaN;
    out[i] = indicator.next(bar);
  }
  return out;
}

function indexOf(prices: Column, oldest: number, price: number): number {
  const { length } = prices;
  let sum = 0;
  for (let k = oldest; k < length; k += 1) sum += prices[k] ?? NaN;
  for (let k = 0; k < oldest; k += 1) sum += prices[k] ?? NaN;
  const mean = sum / length;
  let deviation = 0;
  for (let k = 0; k < length; k += 1) deviation += Math.abs((prices[k] ?? NaN) - mean);
  // Equal prices differ from their mean by rounding alone.
  if (deviation <= 1e-12 * Math.abs(sum)) return 0;
  return (price - mean) / (SCALE * (deviation / length));
}
