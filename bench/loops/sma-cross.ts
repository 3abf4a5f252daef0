import type { Column } from "../../src/domain/market/column.ts";

export interface Result {
  readonly equity: Column;
  readonly trades: number;
}

/**
 * The plain loop: long while the fast average is above the slow one, all in, fills at the next open, commission
 * on each fill. One pass, running sums, no checks: what a careful person writes who needs nothing else.
 */
export function smaCrossLoop(
  open: Column,
  close: Column,
  fast: number,
  slow: number,
  commission: number,
  capital: number,
): Result {
  const n = close.length;
  const equity = new Float64Array(n);
  let cash = capital;
  let shares = 0;
  let fastSum = 0;
  let slowSum = 0;
  for (let i = 0; i < slow; i += 1) {
    const price = close[i] ?? NaN;
    slowSum += price;
    if (i >= slow - fast) fastSum += price;
    equity[i] = capital;
  }
  let before = fastSum * slow - slowSum * fast;
  let order = 0;
  let trades = 0;
  for (let i = slow; i < n; i += 1) {
    const price = close[i] ?? NaN;
    if (order !== 0) {
      const fill = open[i] ?? NaN;
      if (order > 0) {
        if (shares === 0) {
          shares = cash / fill / (1 + commission);
          cash -= shares * fill + shares * fill * commission;
        }
      } else if (shares > 0) {
        cash += shares * fill - shares * fill * commission;
        shares = 0;
        trades += 1;
      }
      order = 0;
    }
    fastSum += price - (close[i - fast] ?? NaN);
    slowSum += price - (close[i - slow] ?? NaN);
    const now = fastSum * slow - slowSum * fast;
    if (before < 0) {
      if (now > 0) order = 1;
    } else if (before > 0 && now < 0) order = -1;
    before = now;
    equity[i] = cash + shares * price;
  }
  return { equity, trades };
}
