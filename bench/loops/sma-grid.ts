import type { Column } from "../../src/domain/market/column.ts";

export interface Score {
  readonly fast: number;
  readonly slow: number;
  readonly finalEquity: number;
  readonly maxDrawdown: number;
  /** Mean over deviation of the returns, per bar. */
  readonly sharpe: number;
}

/**
 * The plain loop over a grid of crossovers: averages once per period, then one pass per pair that trades at the
 * next open and keeps what a table of results needs.
 */
export function smaGridLoop(
  open: Column,
  close: Column,
  fasts: readonly number[],
  slows: readonly number[],
  commission: number,
  capital: number,
): Score[] {
  const averages = new Map([...fasts, ...slows].map((period) => [period, average(close, period)]));
  const none = new Float64Array(0);
  return fasts.flatMap((fast) =>
    slows.map((slow) =>
      score(
        open,
        close,
        averages.get(fast) ?? none,
        averages.get(slow) ?? none,
        fast,
        slow,
        commission,
        capital,
      ),
    ),
  );
}

function average(values: Column, period: number): Column {
  const out = new Float64Array(values.length);
  let sum = 0;
  for (let i = 0; i < values.length; i += 1) {
    sum += values[i] ?? NaN;
    if (i >= period) sum -= values[i - period] ?? NaN;
    out[i] = i >= period - 1 ? sum / period : NaN;
  }
  return out;
}

function score(
  open: Column,
  close: Column,
  fastLine: Column,
  slowLine: Column,
  fast: number,
  slow: number,
  commission: number,
  capital: number,
): Score {
  let cash = capital;
  let shares = 0;
  let before = NaN;
  let order = 0;
  let peak = capital;
  let deepest = 0;
  let sum = 0;
  let squares = 0;
  let last = capital;
  const n = close.length;
  for (let i = 0; i < n; i += 1) {
    if (order !== 0) {
      const fill = open[i] ?? NaN;
      if (order > 0 && shares === 0) {
        shares = cash / fill / (1 + commission);
        cash -= shares * fill + shares * fill * commission;
      } else if (order < 0 && shares > 0) {
        cash += shares * fill - shares * fill * commission;
        shares = 0;
      }
      order = 0;
    }
    const now = (fastLine[i] ?? NaN) - (slowLine[i] ?? NaN);
    if (before < 0 && now > 0) order = 1;
    else if (before > 0 && now < 0) order = -1;
    before = now;
    const equity = cash + shares * (close[i] ?? NaN);
    const change = equity / last - 1;
    sum += change;
    squares += change * change;
    last = equity;
    if (equity > peak) peak = equity;
    else if (equity / peak - 1 < deepest) deepest = equity / peak - 1;
  }
  const periods = n - 1;
  const mean = sum / periods;
  const deviation = Math.sqrt((squares - periods * mean * mean) / (periods - 1));
  return { fast, slow, finalEquity: last, maxDrawdown: deepest, sharpe: mean / deviation };
}
