import type { Adjustment, Bars } from "./bars.ts";
import type { CalendarId, Session } from "./calendar.ts";
import type { Column } from "./column.ts";
import { actionsAtBars, type CorporateAction } from "./corporate-action.ts";
import type { Interval } from "./interval.ts";

/** Text in a source where a number was to be. */
export interface Fault {
  /** The column as the source calls it; null where the whole row does not fit the header. */
  readonly column: string | null;
  readonly text: string;
}

/**
 * The rows of one symbol as a source delivered them, oldest first but with every fault they may have; what the
 * checks look at before there are bars. Prices are the source's own, and adjusted price = price * factor.
 */
export interface Rows {
  readonly symbol: string;
  readonly file: string | null;
  readonly interval: Interval;
  readonly calendar: CalendarId;
  readonly adjustment: Adjustment;
  /** Whether the source's prices are raw; else the bars carry no way back from adjusted prices. */
  readonly rawKnown: boolean;
  readonly length: number;
  /** Line in the file, counting from 1; 0 where the source has no lines. */
  readonly line: Int32Array;
  readonly time: Column;
  readonly closeTime: Column;
  /** Index into `sessions` of the session that the row lies in, or -1. */
  readonly session: Int32Array;
  readonly sessions: readonly Session[];
  readonly open: Column;
  readonly high: Column;
  readonly low: Column;
  readonly close: Column;
  readonly volume: Column;
  readonly factor: Column;
  /** Splits and dividends of raw prices, ascending; an action may fall between rows. */
  readonly actions: readonly CorporateAction[];
  /** By line. */
  readonly faults: ReadonlyMap<number, Fault>;
  /** Names of the company's symbol over time where the source knows them, oldest first. */
  readonly names: readonly SymbolName[];
}

export interface SymbolName {
  readonly symbol: string;
  /** Last date under this name. */
  readonly until: string;
}

/** The first rows, sharing memory with all of them. */
export function firstRows(rows: Rows, length: number): Rows {
  if (length === rows.length) return rows;
  const close = rows.close.subarray(0, length);
  const price = (column: Column): Column => (column === rows.close ? close : column.subarray(0, length));
  return {
    ...rows,
    length,
    line: rows.line.subarray(0, length),
    time: rows.time.subarray(0, length),
    closeTime: rows.closeTime.subarray(0, length),
    session: rows.session.subarray(0, length),
    open: price(rows.open),
    high: price(rows.high),
    low: price(rows.low),
    close,
    volume: rows.volume.subarray(0, length),
    factor: rows.factor.subarray(0, length),
  };
}

/** The rows of the given indices, in that order. */
function pickRows(rows: Rows, indices: Int32Array): Rows {
  const cut = (column: Column): Column => Float64Array.from(indices, (i) => column[i] ?? NaN);
  const close = cut(rows.close);
  const price = (column: Column): Column => (column === rows.close ? close : cut(column));
  return {
    ...rows,
    length: indices.length,
    line: Int32Array.from(indices, (i) => rows.line[i] ?? 0),
    time: cut(rows.time),
    closeTime: cut(rows.closeTime),
    session: Int32Array.from(indices, (i) => rows.session[i] ?? -1),
    open: price(rows.open),
    high: price(rows.high),
    low: price(rows.low),
    close,
    volume: cut(rows.volume),
    factor: cut(rows.factor),
  };
}

/** The rows that `keep` wants; the same rows where it wants all. */
export function filterRows(rows: Rows, keep: (index: number) => boolean): Rows {
  const indices = new Int32Array(rows.length);
  let count = 0;
  for (let i = 0; i < rows.length; i++) {
    if (keep(i)) indices[count++] = i;
  }
  return count === rows.length ? rows : pickRows(rows, indices.subarray(0, count));
}

/** The bars of rows that passed the checks: prices adjusted, each on its way back to raw where that is known. */
export function barsOf(rows: Rows): Bars {
  const unadjusted = isOne(rows.factor);
  const adjusted = (prices: Column): Column => (unadjusted ? prices : product(prices, rows.factor));
  return {
    symbol: rows.symbol,
    interval: rows.interval,
    calendar: rows.calendar,
    adjustment: rows.adjustment,
    rawKnown: rows.rawKnown,
    length: rows.length,
    time: rows.time,
    closeTime: rows.closeTime,
    open: adjusted(rows.open),
    high: adjusted(rows.high),
    low: adjusted(rows.low),
    close: adjusted(rows.close),
    volume: rows.volume,
    factor: rows.rawKnown || unadjusted ? rows.factor : new Float64Array(rows.length).fill(1),
    actions: rows.rawKnown ? actionsAtBars(rows.actions, rows.time) : [],
  };
}

function isOne(column: Column): boolean {
  for (let i = 0; i < column.length; i++) {
    if (column[i] !== 1) return false;
  }
  return true;
}

function product(a: Column, b: Column): Column {
  const made = new Float64Array(a.length);
  for (let i = 0; i < a.length; i++) made[i] = (a[i] ?? NaN) * (b[i] ?? NaN);
  return made;
}
