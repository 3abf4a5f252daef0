import { FinAgentError } from "../errors.ts";
import type { Bars } from "./bars.ts";
import type { CalendarId } from "./calendar.ts";
import type { Column } from "./column.ts";
import type { Interval } from "./interval.ts";

/**
 * Many symbols on one calendar. Row r is one instant of trading (the union of all symbols' bars);
 * `barAt[s][r]` is the index into `bars[s]` of the bar that opened then, or -1 where the symbol has none. Columns may
 * be shared with the bars, and indices between symbols.
 */
export interface Panel {
  readonly symbols: readonly string[];
  readonly interval: Interval;
  readonly calendar: CalendarId;
  readonly rows: number;
  readonly time: Column;
  readonly closeTime: Column;
  readonly bars: readonly Bars[];
  readonly barAt: readonly Int32Array[];
}

/**
 * Aligns symbols on the union of their bar times.
 * @throws FinAgentError BAD_ARGUMENT on no bars, on a symbol given twice, on mixed intervals or calendars
 */
export function createPanel(bars: readonly Bars[]): Panel {
  const [first] = bars;
  if (first === undefined) throw new FinAgentError("BAD_ARGUMENT", "A panel needs at least one symbol.");
  const symbols = bars.map((one) => one.symbol);
  if (new Set(symbols).size !== symbols.length) {
    throw new FinAgentError("BAD_ARGUMENT", `A symbol is given twice: ${symbols.join(", ")}.`);
  }
  for (const one of bars) {
    if (one.interval !== first.interval || one.calendar !== first.calendar) {
      throw new FinAgentError(
        "BAD_ARGUMENT",
        `${one.symbol} has ${one.interval} bars on ${one.calendar}, ${first.symbol} has ${first.interval} bars on ${first.calendar}.`,
        { hint: "Analyse symbols of different calendars or intervals in separate requests." },
      );
    }
  }

  const time = bars.reduce((union, one) => unionOf(union, one.time), first.time);
  const rows = time.length;
  let whole: Int32Array | undefined;
  const barAt = bars.map((one) =>
    // What is as long as the union of all is equal to it.
    one.length === rows ? (whole ??= countTo(rows)) : rowsOf(one.time, time),
  );
  return {
    symbols,
    interval: first.interval,
    calendar: first.calendar,
    rows,
    time,
    closeTime: lastCloses(bars, barAt, rows),
    bars,
    barAt,
  };
}

/** All times of two ascending columns; the first itself where it has those of the second. */
function unionOf(a: Column, b: Column): Column {
  if (contains(a, b)) return a;
  if (contains(b, a)) return b;
  const union = new Float64Array(a.length + b.length);
  let length = 0;
  let i = 0;
  let k = 0;
  while (i < a.length || k < b.length) {
    const left = a[i] ?? Infinity;
    const right = b[k] ?? Infinity;
    if (left <= right) i += 1;
    if (right <= left) k += 1;
    union[length++] = Math.min(left, right);
  }
  return union.slice(0, length);
}

function contains(all: Column, some: Column): boolean {
  if (all === some) return true;
  if (some.length > all.length) return false;
  let i = 0;
  for (let k = 0; k < some.length; k++, i++) {
    const time = some[k] ?? NaN;
    while (i < all.length && (all[i] ?? NaN) < time) i += 1;
    if (all[i] !== time) return false;
  }
  return true;
}

function countTo(length: number): Int32Array {
  const index = new Int32Array(length);
  for (let row = 0; row < length; row++) index[row] = row;
  return index;
}

/** For every row the index into `own` of its time, or -1. */
function rowsOf(own: Column, time: Column): Int32Array {
  const index = new Int32Array(time.length);
  let next = 0;
  for (let row = 0; row < time.length; row++) {
    index[row] = own[next] === time[row] ? next++ : -1;
  }
  return index;
}

/** For every row the close of its last bar; the symbols' own column where all of them share one. */
function lastCloses(bars: readonly Bars[], barAt: readonly Int32Array[], rows: number): Column {
  const shared = bars.find((one) => one.length === rows)?.closeTime;
  if (shared !== undefined && bars.every((one, s) => closesWith(one.closeTime, barAt[s], shared)))
    return shared;
  const closeTime = new Float64Array(rows).fill(-Infinity);
  for (const [s, one] of bars.entries()) {
    const index = barAt[s];
    if (index === undefined) continue;
    for (let row = 0; row < rows; row++) {
      const bar = index[row] ?? -1;
      if (bar < 0) continue;
      const close = one.closeTime[bar] ?? NaN;
      if (close > (closeTime[row] ?? NaN)) closeTime[row] = close;
    }
  }
  return closeTime;
}

/** Whether no bar of a symbol closes after the row that it stands in. */
function closesWith(own: Column, index: Int32Array | undefined, closeTime: Column): boolean {
  if (own === closeTime) return true;
  for (let row = 0; row < closeTime.length; row++) {
    const bar = index?.[row] ?? -1;
    if (bar >= 0 && (own[bar] ?? NaN) > (closeTime[row] ?? NaN)) return false;
  }
  return true;
}
