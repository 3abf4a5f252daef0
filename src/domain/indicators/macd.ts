import { FinAgentError } from "../errors.ts";
import type { Column } from "../market/column.ts";
import { requirePeriod } from "./arguments.ts";
import { Ema, ema } from "./ema.ts";
import type { Indicator } from "./indicator.ts";

export interface MacdPeriods {
  readonly fast: number;
  readonly slow: number;
  readonly signal: number;
}

export const MACD_PERIODS: MacdPeriods = { fast: 12, slow: 26, signal: 9 };

/**
 * Moving average convergence/divergence, in the unit of the values: the fast EMA less the slow one; its
 * signal line is an EMA of it, its histogram the difference of the two. `next` gives the MACD line.
 *
 * Source: Appel, The Moving Average Convergence-Divergence Trading Method (1979). Seeds: each EMA with its
 * own simple mean (see ema.ts), the signal line with the mean of the first MACD values; first MACD at index
 * slow - 1, first signal at slow + signal - 2. TA-Lib differs in its early values: it starts the fast EMA
 * later, so that both begin on the same bar.
 */
export class Macd implements Indicator {
  readonly #fast: Ema;
  readonly #slow: Ema;
  readonly #signalLine: Ema;
  #signal = NaN;
  #histogram = NaN;

  /** @throws FinAgentError BAD_ARGUMENT where a period is not a positive integer or fast is not below slow */
  constructor(periods: MacdPeriods = MACD_PERIODS) {
    requireMacdPeriods(periods);
    this.#fast = new Ema(periods.fast);
    this.#slow = new Ema(periods.slow);
    this.#signalLine = new Ema(periods.signal);
  }

  /** The signal line at the last value. */
  get signal(): number {
    return this.#signal;
  }

  /** The MACD line less the signal line at the last value. */
  get histogram(): number {
    return this.#histogram;
  }

  next(value: number): number {
    const macd = this.#fast.next(value) - this.#slow.next(value);
    this.#signal = this.#signalLine.next(macd);
    this.#histogram = macd - this.#signal;
    return macd;
  }
}

export interface MacdColumns {
  readonly macd: Column;
  readonly signal: Column;
  readonly histogram: Column;
}

/** {@link Macd} as columns. */
export function macd(values: Column, periods: MacdPeriods = MACD_PERIODS): MacdColumns {
  requireMacdPeriods(periods);
  const line = ema(values, periods.fast);
  const slow = ema(values, periods.slow);
  for (let i = 0; i < line.length; i += 1) line[i] = (line[i] ?? NaN) - (slow[i] ?? NaN);
  const signal = ema(line, periods.signal);
  const histogram = slow;
  for (let i = 0; i < line.length; i += 1) histogram[i] = (line[i] ?? NaN) - (signal[i] ?? NaN);
  return { macd: line, signal, histogram };
}

function requireMacdPeriods(periods: MacdPeriods): void {
  const fast = requirePeriod("MACD", periods.fast, "fast period");
  const slow = requirePeriod("MACD", periods.slow, "slow period");
  requirePeriod("MACD", periods.signal, "signal period");
  if (fast < slow) return;
  throw new FinAgentError(
    "BAD_ARGUMENT",
    `The fast period of MACD must be below the slow one, not ${fast} and ${slow}.`,
    { hint: "Usual are 12 and 26.", details: { fast, slow } },
  );
}
