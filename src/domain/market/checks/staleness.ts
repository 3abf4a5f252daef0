import { calendarOf } from "../calendars.ts";
import { at, last } from "../column.ts";
import { DAY_MS } from "../day.ts";
import type { Finding } from "../finding.ts";
import { intervalMs } from "../interval.ts";
import type { Rows } from "../rows.ts";
import { findingAt, stampOf } from "./finding-at.ts";

const SAME_DAYS = 5;
const SILENT_DAYS = 10;

const kind = "stale-series";

/** Prices that stood still for five days or more: a note. */
export function checkStaleness(rows: Rows): Finding[] {
  if (rows.length === 0) return [];
  const limit = SAME_DAYS * calendarOf(rows.calendar).barsPerDay(intervalMs(rows.interval));
  let run = 1;
  let longest = 0;
  let end = 0;
  for (let i = 1; i < rows.length; i++) {
    run = standsStill(rows, i) ? run + 1 : 1;
    if (run > longest) {
      longest = run;
      end = i;
    }
  }
  if (longest < limit) return [];
  const first = end - longest + 1;
  const message = `Open, high, low and close are the same in ${longest} bars on end, until ${stampOf(rows, end)}.`;
  return [findingAt(rows, first, { kind, severity: "note", count: longest, message })];
}

/**
 * A series that ends more than ten days before `asOf` (epoch milliseconds; Infinity for the end of the series): a
 * note.
 */
export function checkSilence(rows: Rows, asOf: number): Finding[] {
  if (rows.length === 0 || asOf === Infinity) return [];
  const silent = (asOf - last(rows.closeTime)) / DAY_MS;
  if (!(silent > SILENT_DAYS)) return [];
  const message = `The last bar is ${Math.floor(silent)} days old.`;
  return [findingAt(rows, rows.length - 1, { kind, severity: "note", message })];
}

function standsStill(rows: Rows, i: number): boolean {
  return (
    at(rows.close, i) === at(rows.close, i - 1) &&
    at(rows.open, i) === at(rows.open, i - 1) &&
    at(rows.high, i) === at(rows.high, i - 1) &&
    at(rows.low, i) === at(rows.low, i - 1)
  );
}
