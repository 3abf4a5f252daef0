import { FinAgentError } from "../../src/domain/errors.ts";
import { type Bars, sliceBars } from "../../src/domain/market/bars.ts";
import { countAtMost, last } from "../../src/domain/market/column.ts";
import type { MarketData } from "../../src/domain/ports.ts";

/** A source over bars that a test has at hand. */
export function marketOf(bars: readonly Bars[], benchmark: string | null = null): MarketData {
  const bySymbol = new Map(bars.map((one) => [one.symbol, one]));
  return {
    source: "test",
    simulated: false,
    benchmark,
    list: () => Promise.resolve(bars.map(({ symbol }) => ({ symbol, name: null, kind: "stock" as const }))),
    latest: () => Promise.resolve(Math.max(...bars.map((one) => last(one.closeTime)))),
    series: (symbol, until) => {
      const held = bySymbol.get(symbol);
      if (held === undefined) {
        return Promise.reject(new FinAgentError("UNKNOWN_SYMBOL", `${symbol} is not in this test.`));
      }
      return Promise.resolve({
        bars: sliceBars(held, 0, countAtMost(held.closeTime, until)),
        findings: [],
      });
    },
  };
}

/** The bars with everything that closes after an instant replaced by nonsense that is still well formed. */
export function corruptAfter(bars: Bars, instant: number, factor = 7): Bars {
  const from = countAtMost(bars.closeTime, instant);
  const spoil = (column: Float64Array): Float64Array =>
    column.map((value, index) => (index < from ? value : value * (index % 2 === 0 ? factor : 1 / factor)));
  return {
    ...bars,
    open: spoil(bars.open),
    high: spoil(bars.high),
    low: spoil(bars.low),
    close: spoil(bars.close),
    volume: spoil(bars.volume),
  };
}
