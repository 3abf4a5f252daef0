import type { DailyRow } from "../../src/domain/market/daily-series.ts";
import {
  plainBookReturns,
  plainCurrentDrawdown,
  plainMaxDrawdown,
  plainReturns,
  plainValueAtRisk,
  plainVolatility,
  plainWealth,
} from "../support/plain-formulas.ts";
import type { RiskFigure, WindowFigure } from "./cases.ts";

/** Bars by symbol, whole. */
export type RawBars = Readonly<Record<string, readonly DailyRow[]>>;

/** Bars that the risk agent looks at, as its policy and its answers say. */
const LOOK_BACK = 63;

export function within(rows: readonly DailyRow[], from: string, to: string): DailyRow[] {
  return rows.filter(({ date }) => date >= from && date <= to);
}

/** What prices did from the close of the first bar of a window to that of its last. */
export function windowFigures(rows: readonly DailyRow[]): Record<WindowFigure, number> {
  const closes = rows.map(({ close }) => close);
  const [first = NaN] = closes;
  const last = closes.at(-1) ?? NaN;
  return {
    change: last / first - 1,
    first,
    last,
    high: Math.max(...rows.map(({ high }) => high)),
    low: Math.min(...rows.map(({ low }) => low)),
    volatility: plainVolatility(plainReturns(closes)),
    maxDrawdown: plainMaxDrawdown(closes),
  };
}

/** The risk of a book over the last bars up to a day; the symbols have the same days. */
export function riskFigures(
  bars: RawBars,
  symbols: readonly string[],
  weights: readonly number[],
  asOf: string,
): Record<RiskFigure, number> {
  const returns = symbols.map((symbol) => {
    const known = (bars[symbol] ?? []).filter(({ date }) => date <= asOf).slice(-LOOK_BACK);
    return plainReturns(known.map(({ close }) => close));
  });
  const book = plainBookReturns(returns, weights);
  const wealth = plainWealth(book);
  return {
    volatility: plainVolatility(book),
    valueAtRisk: plainValueAtRisk(book),
    maxDrawdown: plainMaxDrawdown(wealth),
    currentDrawdown: plainCurrentDrawdown(wealth),
  };
}
