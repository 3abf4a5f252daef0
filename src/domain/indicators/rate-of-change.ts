import type { Column } from "../market/column.ts";
import { requirePeriod } from "./arguments.ts";
import type { Indicator } from "./indicator.ts";
import { observedFrom } from "./observed-from.ts";

/**
 * Rate of change over `period` values, in percent: 100 x (v(t) / v(t - period) - 1). First value at index
 * `period`; NaN where the earlier value is zero. TA-Lib's ROC agrees.
 */
export class RateOfChange implements Indicator {
  readonly #earlier: Float64Array;
  #oldest = 0;

  /** @throws FinAgentError BAD_ARGUMENT where the period is not a positive integer */
  constructor(period: number) {
    this.#earlier = new Float64Array(requirePeriod("rate of change", period)).fill(NaN);
  }

  next(value: number): number {
    if (Number.isNaN(value)) return NaN;
    const earlier = this.#earlier[this.#oldest] ?? NaN;
    this.#earlier[this.#oldest] = value;
    this.#oldest = this.#oldest + 1 === this.#earlier.length ? 0 : this.#oldest + 1;
    return earlier === 0 ? NaN : (100 * (value - earlier)) / earlier;
  }
}

/** {@link RateOfChange} as a column. */
export function rateOfChange(values: Column, period: number): Column {
  requirePeriod("rate of change", period);
  const { length } = values;
  const out = new Float64Array(length);
  const from = observedFrom(values);
  if (from === null) {
    const indicator = new RateOfChange(period);
    for (let i = 0; i < length; i += 1) out[i] = indicator.next(values[i] ?? NaN);
    return out;
  }
  const first = Math.min(length, from + period);
  out.fill(NaN, 0, first);
  for (let i = first; i < length; i += 1) {
    const earlier = values[i - period] ?? NaN;
    out[i] = earlier === 0 ? NaN : (100 * ((values[i] ?? NaN) - earlier)) / earlier;
  }
  return out;
}
