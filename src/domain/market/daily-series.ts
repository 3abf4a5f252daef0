import { FinAgentError } from "../errors.ts";
import type { SymbolSeries } from "../ports.ts";
import type { Adjustment } from "./bars.ts";
import type { CalendarId } from "./calendar.ts";
import { calendarOf } from "./calendars.ts";
import { checkRows } from "./checks/check-rows.ts";
import { refuseErrors } from "./checks/refuse-errors.ts";
import { countAtMost } from "./column.ts";
import { DAY_MS, dayOf } from "./day.ts";
import { localDateSchema } from "./local-date.ts";
import { barsOf, firstRows, type Rows } from "./rows.ts";
import { placeRows } from "./stamps.ts";

/** One day of one symbol, as a data base or an API delivers it. */
export interface DailyRow {
  /** The trading date at the exchange, YYYY-MM-DD. */
  readonly date: string;
  readonly open: number;
  readonly high: number;
  readonly low: number;
  readonly close: number;
  /** Default: 0, not known. */
  readonly volume?: number;
}

export interface DailySeriesOptions {
  /** Default: XNYS. */
  readonly calendar?: CalendarId;
  /** What the prices are adjusted for; `none` says that they are raw. Default: unknown. */
  readonly adjustment?: Adjustment;
}

/**
 * Daily rows of a source of one's own as the series that `MarketData.series` returns: stamped with the sessions of
 * the calendar, cut to what was known at `until` (epoch milliseconds), and put through the same checks as files.
 * @throws FinAgentError DATA_INVALID with the date, where a row is malformed or the checks refuse the data
 */
export function dailySeries(
  symbol: string,
  rows: readonly DailyRow[],
  until: number,
  options: DailySeriesOptions = {},
): SymbolSeries {
  const { calendar = "XNYS", adjustment = "unknown" } = options;
  for (const { date } of rows) {
    if (localDateSchema.safeParse(date).success) continue;
    throw new FinAgentError("DATA_INVALID", `${symbol}: ${JSON.stringify(date)} is not a date.`, {
      hint: "Write trading dates that exist as YYYY-MM-DD.",
      details: { symbol, date },
    });
  }
  const sorted = [...rows.entries()].sort(([, a], [, b]) => (a.date < b.date ? -1 : a.date > b.date ? 1 : 0));
  const column = (read: (row: DailyRow) => number): Float64Array =>
    Float64Array.from(sorted, ([, row]) => read(row));
  const stamps = {
    wall: column((row) => dayOf(row.date) * DAY_MS),
    offset: new Float64Array(rows.length).fill(NaN),
  };
  const all: Rows = {
    symbol,
    file: null,
    interval: "1d",
    calendar,
    adjustment,
    rawKnown: adjustment === "none",
    length: rows.length,
    line: Int32Array.from(sorted, ([index]) => index + 1),
    ...placeRows(stamps, "1d", calendarOf(calendar), false),
    open: column((row) => row.open),
    high: column((row) => row.high),
    low: column((row) => row.low),
    close: column((row) => row.close),
    volume: column((row) => row.volume ?? 0),
    factor: new Float64Array(rows.length).fill(1),
    actions: [],
    faults: new Map(),
    names: [],
  };
  const checked = checkRows(firstRows(all, countAtMost(all.closeTime, until)), until);
  refuseErrors(checked.findings);
  return { bars: barsOf(checked.rows), findings: checked.findings };
}
