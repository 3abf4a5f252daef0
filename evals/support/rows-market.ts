import { type Bars, sliceBars } from "../../src/domain/market/bars.ts";
import { countAtMost, last } from "../../src/domain/market/column.ts";
import { type DailyRow, dailySeries, type DailySeriesOptions } from "../../src/domain/market/daily-series.ts";
import { FinAgentError } from "../../src/domain/errors.ts";
import type { MarketData } from "../../src/domain/ports.ts";

/** Daily rows by symbol as a source of market data that is not simulated. */
export function rowsMarket(
  source: string,
  rows: ReadonlyMap<string, readonly DailyRow[]>,
  options: DailySeriesOptions = { adjustment: "splits-and-dividends" },
): MarketData {
  const symbols = [...rows.keys()].sort();
  const whole = new Map<string, Bars>();
  const barsOf = (symbol: string): Bars => {
    const held = whole.get(symbol) ?? dailySeries(symbol, need(symbol), Infinity, options).bars;
    whole.set(symbol, held);
    return held;
  };
  const need = (symbol: string): readonly DailyRow[] => {
    const held = rows.get(symbol);
    if (held !== undefined) return held;
    throw new FinAgentError("UNKNOWN_SYMBOL", `${symbol} is not in ${source}.`, {
      hint: `It offers ${symbols.join(", ")}.`,
      details: { symbol, near: symbols, source },
    });
  };
  return {
    source,
    simulated: false,
    benchmark: null,
    list: () => Promise.resolve(symbols.map((symbol) => ({ symbol, name: null, kind: "unknown" }))),
    latest: async (named) => Math.max(...named.map((symbol) => last(barsOf(symbol).closeTime))),
    series: async (symbol, until) => {
      const bars = barsOf(symbol);
      return { bars: sliceBars(bars, 0, countAtMost(bars.closeTime, until)), findings: [] };
    },
  };
}
