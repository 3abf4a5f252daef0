import type { Column } from "../market/column.ts";

export interface Drawdown {
  /** The deepest fall from an earlier high, at most 0. */
  readonly max: number;
  /** The fall from the window's high to its end, at most 0. */
  readonly current: number;
}

/**
 * Drawdowns of the wealth that compounds the returns from 1, as negative fractions of the high before them; the
 * start counts as a high (empyrical's `max_drawdown`). Both are 0 of no returns.
 */
export function drawdown(returns: Column): Drawdown {
  let wealth = 1;
  let high = 1;
  let max = 0;
  for (let i = 0; i < returns.length; i += 1) {
    const value = returns[i] ?? NaN;
    wealth *= 1 + value;
    if (wealth > high) high = wealth;
    const fall = wealth / high - 1;
    if (fall < max) max = fall;
  }
  return { max, current: wealth / high - 1 };
}
