import { FinAgentError } from "../errors.ts";
import type { Bars } from "./bars.ts";
import type { CalendarId } from "./calendar.ts";
import { at, type Column } from "./column.ts";
import type { Interval } from "./interval.ts";

/**
 * Many symbols on one calendar. Row r is one instant of trading (the union of all symbols' bars);
 * `barAt[s][r]` is the index into `bars[s]` of the bar that opened then, or -1 where the symbol has none.
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

  // A k-way merge over the ascending time columns.
  const total = bars.reduce((sum, one) => sum + one.length, 0);
  const time = new Float64Array(total);
  const closeTime = new Float64Array(total);
  const cursors = new Int32Array(bars.length);
  const barAt = bars.map(() => new Int32Array(total));
  let rows = 0;
  for (;;) {
    let next = Infinity;
    for (const [s, one] of bars.entries()) {
      const cursor = cursors[s] ?? 0;
      if (cursor < one.length) next = Math.min(next, at(one.time, cursor));
    }
    if (next === Infinity) break;
    let known = 0;
    for (const [s, one] of bars.entries()) {
      const cursor = cursors[s] ?? 0;
      const index = barAt[s];
      if (index === undefined) continue;
      if (cursor < one.length && at(one.time, cursor) === next) {
        index[rows] = cursor;
        known = Math.max(known, at(one.closeTime, cursor));
        cursors[s] = cursor + 1;
      } else {
        index[rows] = -1;
      }
    }
    time[rows] = next;
    closeTime[rows] = known;
    rows += 1;
  }
  return {
    symbols,
    interval: first.interval,
    calendar: first.calendar,
    rows,
    time: time.slice(0, rows),
    closeTime: closeTime.slice(0, rows),
    bars,
    barAt: barAt.map((index) => index.slice(0, rows)),
  };
}
