import { at, type Column } from "../market/column.ts";
import type { Bars } from "../market/bars.ts";
import { measure } from "./measure.ts";
import type { BacktestReport } from "./report.ts";

/**
 * An index's close as known at each row.
 * @param closeTime of the rows, epoch milliseconds
 * @returns null where the index has no bar by the first row
 */
export function indexCloses(index: Bars, closeTime: Column): Column | null {
  const equity = new Float64Array(closeTime.length);
  let bar = -1;
  for (let row = 0; row < equity.length; row += 1) {
    while (bar + 1 < index.length && at(index.closeTime, bar + 1) <= at(closeTime, row)) bar += 1;
    if (bar < 0) return null;
    equity[row] = at(index.close, bar);
  }
  return equity;
}

/** An index bought at the first row's close and held, without costs; arguments as those of indexCloses. */
export function indexComparison(
  index: Bars,
  closeTime: Column,
  periodsPerYear: number,
  riskFreeRate: number,
): BacktestReport["market"] {
  const equity = indexCloses(index, closeTime);
  if (equity === null) return null;
  const course = {
    time: closeTime,
    equity,
    exposure: new Float64Array(equity.length).fill(1),
    turnover: new Float64Array(equity.length),
    trades: [],
    costs: 0,
  };
  return { name: index.symbol, ...measure(course, periodsPerYear, riskFreeRate) };
}
