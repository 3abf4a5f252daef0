import { FinAgentError } from "../errors.ts";
import type { Calendar, Session } from "./calendar.ts";
import { type Column, countAtMost } from "./column.ts";
import { DAY_MS, dateOfDay, dayOf } from "./day.ts";
import { type Interval, intervalMs } from "./interval.ts";
import { newYorkInstant } from "./us-daylight-saving.ts";

/** Times as a source wrote them, one per row. */
export interface Stamps {
  /** What the clock showed, in epoch milliseconds as if it showed UTC. */
  readonly wall: Column;
  /** How far that clock is ahead of UTC in milliseconds; NaN where the source does not say. */
  readonly offset: Column;
}

/** Where rows lie in time: `time` and `closeTime` in epoch milliseconds UTC, `session` an index or -1. */
export interface Placement {
  readonly time: Column;
  readonly closeTime: Column;
  readonly session: Int32Array;
  readonly sessions: readonly Session[];
}

/**
 * Puts rows into the sessions of a calendar. A daily row gets the open and close of the session of its date. An
 * intraday row opens at its instant and closes an interval later, at the session's close at the latest; it lies in a
 * session where the two overlap. `newYork` says whose clock is meant where a stamp has no offset.
 * @throws FinAgentError DATA_INVALID on years that no market has
 */
export function placeRows(
  stamps: Stamps,
  interval: Interval,
  calendar: Calendar,
  newYork: boolean,
): Placement {
  const { wall, offset } = stamps;
  const length = wall.length;
  const daily = interval === "1d";
  const width = intervalMs(interval);
  const time = new Float64Array(length);
  const closeTime = new Float64Array(length);
  const session = new Int32Array(length).fill(-1);
  let from = Infinity;
  let to = -Infinity;
  for (let i = 0; i < length; i++) {
    const shown = wall[i] ?? NaN;
    const ahead = offset[i] ?? NaN;
    time[i] = daily
      ? Math.floor(shown / DAY_MS) * DAY_MS
      : !Number.isNaN(ahead)
        ? shown - ahead
        : newYork
          ? newYorkInstant(shown)
          : shown;
    const instant = time[i] ?? NaN;
    from = Math.min(from, instant);
    to = Math.max(to, instant);
  }
  if (length === 0) return { time, closeTime, session, sessions: [] };
  const { sessions, dates, opens, closes } = sessionTable(
    calendar,
    plausibleDate(from - DAY_MS),
    plausibleDate(to + DAY_MS),
  );
  // Ascending per session: the date of a daily bar, or the first instant that is past an intraday one.
  const keys = daily ? dates : closes;
  let found = 0;
  for (let i = 0; i < length; i++) {
    const start = time[i] ?? NaN;
    const limit = daily ? start - 1 : start;
    // Rows ascend as a rule, so that the session is that of the row before or soon after it.
    if (found > 0 && !((keys[found - 1] ?? NaN) <= limit)) found = countAtMost(keys, limit);
    while (found < keys.length && (keys[found] ?? NaN) <= limit) found += 1;
    closeTime[i] = start + width;
    if (found === keys.length) continue;
    const opening = opens[found] ?? NaN;
    if (daily ? keys[found] !== start : start + width <= opening) continue;
    session[i] = found;
    const closing = closes[found] ?? NaN;
    if (daily) time[i] = opening;
    closeTime[i] = daily ? closing : Math.min(start + width, closing);
  }
  return { time, closeTime, session, sessions };
}

/** Sessions, and in columns their dates as midnights in UTC, their opens and closes. */
interface SessionTable {
  readonly calendar: Calendar;
  readonly from: string;
  readonly to: string;
  readonly sessions: readonly Session[];
  readonly dates: Column;
  readonly opens: Column;
  readonly closes: Column;
}

/** The symbols of a source often have the same dates. */
let held: SessionTable | undefined;

function sessionTable(calendar: Calendar, from: string, to: string): SessionTable {
  if (held?.calendar === calendar && held.from === from && held.to === to) return held;
  const sessions = calendar.sessions(from, to);
  held = {
    calendar,
    from,
    to,
    sessions,
    dates: Float64Array.from(sessions, (one) => dayOf(one.date) * DAY_MS),
    opens: Float64Array.from(sessions, (one) => one.open),
    closes: Float64Array.from(sessions, (one) => one.close),
  };
  return held;
}

function plausibleDate(time: number): string {
  const day = Math.floor(time / DAY_MS);
  if (day > dayOf("1700-01-01") && day < dayOf("2200-01-01")) return dateOfDay(day);
  throw new FinAgentError("DATA_INVALID", "The dates lie outside of the years 1700 to 2200.", {
    hint: "Write dates as YYYY-MM-DD, or as seconds since 1970.",
  });
}
