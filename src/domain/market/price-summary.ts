import { periodsPerYear } from "../risk/annualisation.ts";
import { drawdown } from "../risk/drawdown.ts";
import { simpleReturns } from "../risk/returns.ts";
import { volatility } from "../risk/volatility.ts";
import { orNull } from "../statistic.ts";
import { type Bars, sliceBars } from "./bars.ts";
import { at, countAtMost, last } from "./column.ts";
import type { DataReport, DataSet } from "./data-set.ts";
import { companyName } from "./directory.ts";

/**
 * What the prices of one symbol did in the data set's window. Change and figures are from close to close within the
 * window; of a window of one bar the change is that from the close before it.
 */
export function summarisePrices(
  bars: Bars,
  window: Pick<DataSet, "from" | "to">,
): DataReport["prices"][number] {
  const begin = countAtMost(bars.time, window.from - 1);
  const inside = sliceBars(bars, begin, countAtMost(bars.time, window.to));
  const first = inside.length === 1 && begin > 0 ? at(bars.close, begin - 1) : at(inside.close, 0);
  const returns = simpleReturns(inside.close);
  return {
    symbol: bars.symbol,
    name: companyName(bars.symbol),
    bars: inside.length,
    first,
    last: last(inside.close),
    change: last(inside.close) / first - 1,
    high: inside.high.reduce((highest, price) => Math.max(highest, price)),
    low: inside.low.reduce((lowest, price) => Math.min(lowest, price)),
    volatility: orNull(volatility(returns, periodsPerYear(bars))),
    maxDrawdown: returns.length === 0 ? null : drawdown(returns).max,
  };
}
