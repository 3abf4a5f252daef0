import { FinAgentError } from "../errors.ts";
import type { Column } from "../market/column.ts";
import { requirePeriod } from "./arguments.ts";
import type { Indicator } from "./indicator.ts";
import { MovingMoments, movingMoments } from "./moving-moments.ts";

/**
 * Bollinger bands, in the unit of the values: the mean of the last `period` values, and `width` population
 * standard deviations above and below it. `next` gives the middle band.
 *
 * Source: Bollinger, Bollinger on Bollinger Bands (2001), who uses 20 and 2. First value at index
 * period - 1. TA-Lib agrees.
 */
export class BollingerBands implements Indicator {
  readonly #moments: MovingMoments;
  readonly #width: number;
  #upper = NaN;
  #lower = NaN;

  /** @throws FinAgentError BAD_ARGUMENT where the period is not a positive integer or the width not positive */
  constructor(period: number = 20, width: number = 2) {
    this.#moments = new MovingMoments(requirePeriod("Bollinger bands", period));
    requireWidth(width);
    this.#width = width;
  }

  /** The upper band at the last value. */
  get upper(): number {
    return this.#upper;
  }

  /** The lower band at the last value. */
  get lower(): number {
    return this.#lower;
  }

  next(value: number): number {
    if (Number.isNaN(value)) {
      this.#upper = NaN;
      this.#lower = NaN;
      return NaN;
    }
    this.#moments.add(value);
    const middle = this.#moments.mean;
    const reach = this.#width * Math.sqrt(this.#moments.variance);
    this.#upper = middle + reach;
    this.#lower = middle - reach;
    return middle;
  }
}

export interface BollingerColumns {
  readonly upper: Column;
  readonly middle: Column;
  readonly lower: Column;
}

/** {@link BollingerBands} as columns. */
export function bollingerBands(values: Column, period: number = 20, width: number = 2): BollingerColumns {
  requirePeriod("Bollinger bands", period);
  requireWidth(width);
  const upper = new Float64Array(values.length);
  const middle = new Float64Array(values.length);
  const lower = new Float64Array(values.length);
  movingMoments(values, period, { mean: middle, variance: lower });
  for (let i = 0; i < middle.length; i += 1) {
    const mean = middle[i] ?? NaN;
    const reach = width * Math.sqrt(lower[i] ?? NaN);
    upper[i] = mean + reach;
    lower[i] = mean - reach;
  }
  return { upper, middle, lower };
}

function requireWidth(width: number): void {
  if (width > 0 && Number.isFinite(width)) return;
  throw new FinAgentError(
    "BAD_ARGUMENT",
    `The width of Bollinger bands must be a positive number of standard deviations, not ${width}.`,
    { hint: "Usual is 2.", details: { width: String(width) } },
  );
}
