import type { Calendar, Session } from "./calendar.ts";
import { DAY_MS, dateOfDay, weekdayOf } from "./day.ts";
import { newYorkInstant, newYorkOffset } from "./us-daylight-saving.ts";
import { xnysEarlyCloses } from "./xnys-half-days.ts";
import { xnysHolidays } from "./xnys-holidays.ts";

/** The first date that the calendar knows. */
export const XNYS_FIRST_DATE = "1990-01-01";

const MINUTE_MS = 60_000;
const OPEN_MINUTES = 9 * 60 + 30;
const CLOSE_MINUTES = 16 * 60;

const years = new Map<number, ReadonlyMap<string, Session>>();

function sessionsOfYear(year: number): ReadonlyMap<string, Session> {
  const held = years.get(year);
  if (held !== undefined) return held;
  const sessions = new Map<string, Session>();
  const holidays = xnysHolidays(year);
  const earlyCloses = xnysEarlyCloses(year);
  const end = Date.UTC(year + 1, 0, 1) / DAY_MS;
  for (let day = Date.UTC(year, 0, 1) / DAY_MS; day < end; day++) {
    const weekday = weekdayOf(day);
    if (weekday === 0 || weekday === 6 || holidays.has(day)) continue;
    const early = earlyCloses.get(day);
    const date = dateOfDay(day);
    sessions.set(date, {
      date,
      open: newYorkInstant(day * DAY_MS + OPEN_MINUTES * MINUTE_MS),
      close: newYorkInstant(day * DAY_MS + (early ?? CLOSE_MINUTES) * MINUTE_MS),
      half: early !== undefined,
    });
  }
  years.set(year, sessions);
  return sessions;
}

/**
 * The New York Stock Exchange: 09:30 to 16:00 New York time, early closes and holidays by the rules in
 * `xnys-holidays.ts` and `xnys-half-days.ts`, from 1990 into the future as far as today's rules hold. Halts
 * within a session are not kept. Before 1990 it has no sessions: other hours and holidays held then.
 */
export const xnys: Calendar = {
  id: "XNYS",
  daysPerYear: 252,
  barsPerDay: (intervalMs) => Math.ceil(((CLOSE_MINUTES - OPEN_MINUTES) * MINUTE_MS) / intervalMs),
  session: (date) =>
    date < XNYS_FIRST_DATE ? undefined : sessionsOfYear(Number(date.slice(0, 4))).get(date),
  sessions(from, to) {
    const found: Session[] = [];
    const lastYear = Number(to.slice(0, 4));
    const first = from < XNYS_FIRST_DATE ? XNYS_FIRST_DATE : from;
    for (let year = Number(first.slice(0, 4)); year <= lastYear; year++) {
      for (const session of sessionsOfYear(year).values()) {
        if (session.date >= from && session.date <= to) found.push(session);
      }
    }
    return found;
  },
  dateOf: (time) => dateOfDay(Math.floor((time + newYorkOffset(time)) / DAY_MS)),
};
