import type { Column } from "../market/column.ts";

/** Simple close-to-close returns, close[t] / close[t-1] - 1: one fewer than there are closes. */
export function simpleReturns(closes: Column): Column {
  const returns = new Float64Array(Math.max(0, closes.length - 1));
  for (let t = 0; t < returns.length; t += 1) returns[t] = (closes[t + 1] ?? NaN) / (closes[t] ?? NaN) - 1;
  return returns;
}
