import type { Column } from "../market/column.ts";
import { requirePeriod } from "./arguments.ts";
import { Ema } from "./ema.ts";
import type { Indicator } from "./indicator.ts";
import { firstNumber } from "./observed-from.ts";

/**
 * Relative strength index, 0 to 100: 100 x G / (G + L), where G and L are Wilder's averages of the rises
 * and of the falls from value to value.
 *
 * Source: Wilder, New Concepts in Technical Trading Systems (1978). Seed: the means of the first `period`
 * changes; first value at index `period`. TA-Lib agrees, but for a series without any change: it gives 0
 * there, other libraries 100, this one 50, as neither side has any strength.
 */
export class Rsi implements Indicator {
  readonly #gain: Ema;
  readonly #loss: Ema;
  #previous = NaN;

  /** @throws FinAgentError BAD_ARGUMENT where the period is not a positive integer */
  constructor(period: number) {
    const smoothing = 1 / requirePeriod("RSI", period);
    this.#gain = new Ema(period, smoothing);
    this.#loss = new Ema(period, smoothing);
  }

  next(value: number): number {
    if (Number.isNaN(value)) return NaN;
    const change = value - this.#previous;
    this.#previous = value;
    const gain = this.#gain.next(change < 0 ? 0 : change);
    const loss = this.#loss.next(change > 0 ? 0 : -change);
    const total = gain + loss;
    return total === 0 ? 50 : (100 * gain) / total;
  }
}

/** {@link Rsi} as a column. */
export function rsi(values: Column, period: number): Column {
  const smoothing = 1 / requirePeriod("RSI", period);
  const { length } = values;
  const out = new Float64Array(length);
  const from = firstNumber(values);
  const seeded = Math.min(length, from + period);
  out.fill(NaN, 0, seeded);
  let previous = values[from] ?? NaN;
  let gain = 0;
  let loss = 0;
  for (let i = from + 1; i < length; i += 1) {
    const value = values[i] ?? NaN;
    const change = value - previous;
    previous = value;
    const rise = change < 0 ? 0 : change;
    const fall = change > 0 ? 0 : -change;
    if (i > seeded) {
      gain += smoothing * (rise - gain);
      loss += smoothing * (fall - loss);
    } else {
      gain += rise;
      loss += fall;
      if (i < seeded) continue;
      gain /= period;
      loss /= period;
    }
    const total = gain + loss;
    out[i] = total === 0 ? 50 : (100 * gain) / total;
  }
  // A NaN never leaves the averages: there is a hole, which is no observation.
  if (Number.isNaN(gain + loss)) {
    const indicator = new Rsi(period);
    for (let i = 0; i < length; i += 1) out[i] = indicator.next(values[i] ?? NaN);
  }
  return out;
}
