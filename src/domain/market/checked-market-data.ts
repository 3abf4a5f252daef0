import { FinAgentError } from "../errors.ts";
import type { MarketData } from "../ports.ts";
import { type Bars, PRICE_FIELDS } from "./bars.ts";
import { at, countAtMost, last } from "./column.ts";

/**
 * A program's own source, held to what every source promises: bars of the symbol that was asked for, columns of
 * one length, ascending in time, positive prices, and nothing that closes after `until`.
 */
export function checkedMarketData(market: MarketData): MarketData {
  return {
    source: market.source,
    simulated: market.simulated,
    benchmark: market.benchmark,
    list: () => market.list(),
    passedOver: async () => (await market.passedOver?.()) ?? [],
    latest: (symbols) => market.latest(symbols),
    async series(symbol, until, interval) {
      const series = await market.series(symbol, until, interval);
      const fault = faultOf(series.bars, symbol, until);
      if (fault === null) return series;
      throw new FinAgentError("DATA_INVALID", `The source ${market.source} gave ${symbol} ${fault}.`, {
        hint: "Correct the source's `series`; `dailySeries` makes what it is to return from daily rows.",
        details: { symbol, source: market.source },
      });
    },
  };
}

/** What is wrong with bars as the answer to a question for a symbol, or null. */
function faultOf(bars: Bars, symbol: string, until: number): string | null {
  if (bars.symbol !== symbol) return `bars that are called ${bars.symbol}`;
  for (const name of ["time", "closeTime", ...PRICE_FIELDS, "volume", "factor"] as const) {
    if (bars[name].length !== bars.length) {
      return `${bars.length} bars with ${bars[name].length} values in the column ${name}`;
    }
  }
  for (let i = 0; i < bars.length; i++) {
    const [open, close] = [at(bars.time, i), at(bars.closeTime, i)];
    if (!(close > open) || (i > 0 && !(open >= at(bars.closeTime, i - 1)))) {
      return `a bar at index ${i} that does not follow the one before it in time`;
    }
    for (const field of PRICE_FIELDS) {
      const price = at(bars[field], i);
      if (!(price > 0 && price < Infinity)) return `the ${field} ${price} at index ${i}`;
    }
  }
  if (bars.length > 0 && last(bars.closeTime) > until) {
    const [closes, known] = [last(bars.closeTime), until].map((time) => new Date(time).toISOString());
    return `a bar that closes at ${closes}, asked for what is known at ${known}`;
  }
  return actionFault(bars);
}

/** Actions stand at bars, ascending. */
function actionFault({ actions, time }: Bars): string | null {
  const given: unknown = actions;
  if (!Array.isArray(given)) return "bars without a list of corporate actions ([] where none are known)";
  let before = -Infinity;
  for (const action of actions) {
    const stands = time[countAtMost(time, action.time) - 1] === action.time && action.time > before;
    if (!stands || !(action.split > 0 && action.split < Infinity) || !(action.dividend >= 0)) {
      return `the corporate action ${JSON.stringify(action)} that is not one of a bar, in order, with a split above 0 and a dividend of at least 0`;
    }
    before = action.time;
  }
  return null;
}
