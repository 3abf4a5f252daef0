import { calendarOf } from "../../src/domain/market/calendars.ts";
import { DAY_MS, dayOf } from "../../src/domain/market/day.ts";
import type { Rows } from "../../src/domain/market/rows.ts";
import { placeRows } from "../../src/domain/market/stamps.ts";
import { xnys } from "../../src/domain/market/xnys.ts";

/** Daily rows on given dates, all at 100 with a range of 99 to 101 and a rising close, for tests to spoil. */
export function dailyRows(dates: readonly string[], change: Partial<Rows> = {}): Rows {
  const length = dates.length;
  const wall = Float64Array.from(dates, (date) => dayOf(date) * DAY_MS);
  const offset = new Float64Array(length).fill(NaN);
  const calendar = change.calendar ?? "XNYS";
  const fill = (value: number): Float64Array => new Float64Array(length).fill(value);
  return {
    symbol: "TEST",
    file: "TEST.csv",
    interval: "1d",
    calendar,
    adjustment: "unknown",
    rawKnown: false,
    length,
    line: Int32Array.from(dates, (_, i) => i + 2),
    ...placeRows({ wall, offset }, "1d", calendarOf(calendar), true),
    open: fill(100),
    high: fill(101),
    low: fill(99),
    close: Float64Array.from(dates, (_, i) => 100 + (i % 10) / 100),
    volume: fill(1000),
    factor: fill(1),
    actions: [],
    faults: new Map(),
    names: [],
    ...change,
  };
}

/** The first `count` sessions of New York from a date on. */
export function sessionDates(from: string, count: number): string[] {
  return xnys
    .sessions(from, "2030-12-31")
    .slice(0, count)
    .map((session) => session.date);
}

/** A copy of a column with one value changed. */
export function changed(column: Float64Array, index: number, value: number): Float64Array {
  const copy = column.slice();
  copy[index] = value;
  return copy;
}
