import { at, type Column } from "../../market/column.ts";

export type Period = "day" | "month" | "year";

/** A return with the name of its calendar period: `["2024-01", 0.012]`. */
export type NamedReturn = [period: string, value: number];

const DAY = 86_400_000;

const NAME_LENGTH: Readonly<Record<Period, number>> = { day: 10, month: 7, year: 4 };

/**
 * Rows that end a period: the last one of each calendar day, month or year (UTC) that holds one. A row belongs to the
 * period before its close, so that one which closes at midnight ends its day.
 * @param time closes of the rows, ascending epoch milliseconds
 */
export function periodEnds(time: Column, period: Period): number[] {
  const ends: number[] = [];
  let row = 0;
  while (row < time.length) {
    row = firstAfter(time, row, endOf(at(time, row) - 1, period));
    ends.push(row - 1);
  }
  return ends;
}

/**
 * Returns from the end of each period to the end of the next, the first one from the first row on. Together they
 * compound to the total return. They stop where the equity is gone.
 * @param ends as of periodEnds
 * @returns one return per entry of `ends`, less the first where that is the first row, less those after a ruin
 */
export function returnsBetween(equity: Column, ends: readonly number[]): Column {
  const returns = new Float64Array(ends.length);
  let count = 0;
  let before = equity[0] ?? NaN;
  for (let k = skipped(ends); k < ends.length && before > 0; k += 1) {
    const value = at(equity, ends[k] ?? -1);
    returns[count] = value / before - 1;
    count += 1;
    before = value;
  }
  return returns.subarray(0, count);
}

/** returnsBetween with the names of the periods. */
export function namedReturns(
  returns: Column,
  ends: readonly number[],
  time: Column,
  period: Period,
): NamedReturn[] {
  const first = skipped(ends);
  return Array.from(returns, (value, k) => {
    const close = at(time, ends[k + first] ?? -1);
    return [new Date(close - 1).toISOString().slice(0, NAME_LENGTH[period]), value];
  });
}

/** A period that holds the first row alone has no return. */
function skipped(ends: readonly number[]): number {
  return ends[0] === 0 ? 1 : 0;
}

/** The first instant after the period that holds `time`. */
function endOf(time: number, period: Period): number {
  if (period === "day") return (Math.floor(time / DAY) + 1) * DAY;
  const date = new Date(time);
  const year = date.getUTCFullYear();
  return period === "year" ? Date.UTC(year + 1, 0) : Date.UTC(year, date.getUTCMonth() + 1);
}

/** The first row after `row`, whose close is at most `limit`, with a later close: strides that double, then halve. */
function firstAfter(time: Column, row: number, limit: number): number {
  let low = row;
  let stride = 1;
  while (low + stride < time.length && at(time, low + stride) <= limit) {
    low += stride;
    stride *= 2;
  }
  let high = Math.min(low + stride, time.length);
  while (high - low > 1) {
    const middle = (low + high) >>> 1;
    if (at(time, middle) <= limit) low = middle;
    else high = middle;
  }
  return high;
}
