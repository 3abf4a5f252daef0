import type { Column } from "../market/column.ts";
import { requirePeriod } from "./arguments.ts";
import type { Indicator } from "./indicator.ts";

/**
 * Exponential moving average, in the unit of the values: e(t) = e(t-1) + smoothing x (v(t) - e(t-1)),
 * smoothing = 2 / (period + 1).
 *
 * Seed: the mean of the first `period` values, which is the first value, at index period - 1. TA-Lib agrees
 * in its default compatibility mode; its Metastock mode, like Tulip, seeds with the very first value.
 *
 * With smoothing = 1 / period it is Wilder's average (New Concepts in Technical Trading Systems, 1978), which
 * RSI, ATR and ADX are made of.
 */
export class Ema implements Indicator {
  readonly #period: number;
  readonly #smoothing: number;
  #seen = 0;
  #sum = 0;
  #average = NaN;

  /** @throws FinAgentError BAD_ARGUMENT where the period is not a positive integer */
  constructor(period: number, smoothing: number = 2 / (period + 1)) {
    this.#period = requirePeriod("EMA", period);
    this.#smoothing = smoothing;
  }

  next(value: number): number {
    if (Number.isNaN(value)) return NaN;
    if (this.#seen === this.#period) {
      this.#average += this.#smoothing * (value - this.#average);
      return this.#average;
    }
    this.#seen += 1;
    this.#sum += value;
    if (this.#seen === this.#period) this.#average = this.#sum / this.#period;
    return this.#average;
  }
}

/** {@link Ema} as a column. */
export function ema(values: Column, period: number): Column {
  const indicator = new Ema(period);
  const out = new Float64Array(values.length);
  for (let i = 0; i < out.length; i += 1) out[i] = indicator.next(values[i] ?? NaN);
  return out;
}
