import type { Column } from "../../market/column.ts";
import type { Span } from "./purged-training.ts";

/** Sharpe ratio per period over some spans of a column; NaN where the returns do not vary. */
export function spanSharpe(returns: Column, spans: readonly Span[], riskFree: number): number {
  let n = 0;
  let sum = 0;
  let squares = 0;
  for (const { from, to } of spans) {
    n += to - from;
    for (let t = from; t < to; t += 1) {
      const value = (returns[t] ?? NaN) - riskFree;
      sum += value;
      squares += value * value;
    }
  }
  const spread = squares - (sum * sum) / n;
  return n > 1 && spread > squares * 1e-12 ? sum / n / Math.sqrt(spread / (n - 1)) : NaN;
}

/** The column with the highest Sharpe ratio over some spans; the first where none has any. */
export function bestTrial(
  columns: readonly Column[],
  spans: readonly Span[],
  riskFree: number,
): { trial: number; sharpe: number } {
  let trial = 0;
  let highest = -Infinity;
  for (const [c, column] of columns.entries()) {
    const ratio = spanSharpe(column, spans, riskFree);
    if (ratio > highest) {
      highest = ratio;
      trial = c;
    }
  }
  return { trial, sharpe: highest === -Infinity ? NaN : highest };
}
