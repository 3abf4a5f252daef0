import type { Column } from "../market/column.ts";
import { requirePeriod } from "./arguments.ts";
import type { Indicator } from "./indicator.ts";
import { firstNumber } from "./observed-from.ts";

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
export function ema(values: Column, period: number, smoothing: number = 2 / (period + 1)): Column {
  requirePeriod("EMA", period);
  const { length } = values;
  const out = new Float64Array(length);
  const from = firstNumber(values);
  const seeded = Math.min(length, from + period - 1);
  out.fill(NaN, 0, seeded);
  if (seeded === length) return out;
  let average = 0;
  for (let i = from; i <= seeded; i += 1) average += values[i] ?? NaN;
  average /= period;
  out[seeded] = average;
  for (let i = seeded + 1; i < length; i += 1) {
    average += smoothing * ((values[i] ?? NaN) - average);
    out[i] = average;
  }
  // A NaN never leaves an average: there is a hole, which is no observation.
  if (Number.isNaN(average)) {
    const indicator = new Ema(period, smoothing);
    for (let i = 0; i < length; i += 1) out[i] = indicator.next(values[i] ?? NaN);
  }
  return out;
}
