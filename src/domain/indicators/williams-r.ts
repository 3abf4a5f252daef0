import type { Column } from "../market/column.ts";
import { requirePeriod } from "./arguments.ts";
import type { Indicator } from "./indicator.ts";
import { Stochastic, stochastic } from "./stochastic.ts";
import type { RangeBar, RangeColumns } from "./true-range.ts";

/**
 * Williams %R, -100 to 0: where the close lies between the lowest low (-100) and the highest high (0) of the last
 * `period` bars; -100 in a channel without height.
 *
 * Source: Williams, How I Made One Million Dollars Last Year Trading Commodities (1973). It is the fast stochastic
 * less 100. First value at index period - 1. TA-Lib agrees.
 */
export class WilliamsR implements Indicator<RangeBar> {
  readonly #fast: Stochastic;

  /** @throws FinAgentError BAD_ARGUMENT where the period is not a positive integer */
  constructor(period: number) {
    this.#fast = new Stochastic(fastest(period));
  }

  next(bar: RangeBar): number {
    return this.#fast.next(bar) - 100;
  }
}

/** {@link WilliamsR} as a column. */
export function williamsR(bars: RangeColumns, period: number): Column {
  return stochastic(bars, fastest(period)).k.map((value) => value - 100);
}

function fastest(period: number): { channel: number; k: number; d: number } {
  return { channel: requirePeriod("Williams %R", period), k: 1, d: 1 };
}
