import type { Column } from "../market/column.ts";
import { requirePeriod } from "./arguments.ts";
import type { Indicator } from "./indicator.ts";
import { MovingMaximum, movingMaxima } from "./moving-maximum.ts";

/** The least of the last `period` values; exact. First value at index period - 1. TA-Lib's MIN agrees. */
export class Lowest implements Indicator {
  readonly #negative: MovingMaximum;

  /** @throws FinAgentError BAD_ARGUMENT where the period is not a positive integer */
  constructor(period: number) {
    this.#negative = new MovingMaximum(requirePeriod("lowest", period));
  }

  next(value: number): number {
    return -this.#negative.next(-value);
  }
}

/** {@link Lowest} as a column. */
export function lowest(values: Column, period: number): Column {
  const out = new Float64Array(values.length);
  for (let i = 0; i < out.length; i += 1) out[i] = -(values[i] ?? NaN);
  const negative = movingMaxima(out, requirePeriod("lowest", period));
  for (let i = 0; i < out.length; i += 1) out[i] = -(negative[i] ?? NaN);
  return out;
}
