import { at, type Column } from "../../market/column.ts";

/** More periods tell no more about a ratio, and cost time in every resample and split. */
const MOST_PERIODS = 20_000;

/** Rows that make one period where returns of a long run are thinned; 1 where they need not be. */
export function barsPerPeriod(rows: number): number {
  return Math.ceil((rows - 1) / MOST_PERIODS);
}

/**
 * Returns over equal stretches of rows, compounded; the first rows that do not fill one are left out. A ruin is
 * a return of -1, and after it nothing is gained or lost.
 */
export function coarseReturns(equity: Column, bars: number): Float64Array {
  const periods = Math.floor((equity.length - 1) / bars);
  const first = equity.length - 1 - periods * bars;
  const returns = new Float64Array(periods);
  for (let k = 0; k < periods; k += 1) {
    const before = at(equity, first + k * bars);
    const after = at(equity, first + (k + 1) * bars);
    returns[k] = before > 0 ? Math.max(-1, after / before - 1) : 0;
  }
  return returns;
}
