import { at, type Column } from "../../market/column.ts";
import { absent, finite, type Statistic } from "../../statistic.ts";

/**
 * Ulcer index: root mean square of the drawdowns over all rows, as a fraction; deep and long falls weigh most
 * (Martin and McCann, The Investor's Guide to Fidelity Funds, 1989, who give it in percent). 0 where the equity
 * never falls; absent without values or where the first is not positive.
 */
export function ulcerIndex(equity: Column): Statistic {
  if (equity.length === 0) return absent("There is no equity.");
  if (at(equity, 0) <= 0) return absent("The first equity is not positive.");
  let high = -Infinity;
  let squares = 0;
  for (let i = 0; i < equity.length; i += 1) {
    const value = equity[i] ?? NaN;
    if (value > high) high = value;
    const fall = value / high - 1;
    squares += fall * fall;
  }
  return finite(Math.sqrt(squares / equity.length), "The equity is not finite.");
}
