import { DAY_MS, nthWeekday } from "./day.ts";

const HOUR_MS = 3_600_000;
const STANDARD_MS = -5 * HOUR_MS;
const SUNDAY = 0;

interface SummerTime {
  readonly start: number;
  readonly end: number;
}

const years = new Map<number, SummerTime>();

/**
 * When New York keeps daylight saving time, in epoch milliseconds. The clock changes at 02:00 local time: from
 * 2007 on the second Sunday of March and the first of November (Energy Policy Act of 2005, section 110; 15 U.S.C.
 * 260a), before on the first Sunday of April and the last of October (Public Law 99-359, from 1987). Earlier years
 * had other dates and are read by the rule of 1987.
 */
function summerTime(year: number): SummerTime {
  const held = years.get(year);
  if (held !== undefined) return held;
  const [first, last] =
    year >= 2007
      ? [nthWeekday(year, 3, SUNDAY, 2), nthWeekday(year, 11, SUNDAY, 1)]
      : [nthWeekday(year, 4, SUNDAY, 1), nthWeekday(year, 10, SUNDAY, -1)];
  const made = { start: first * DAY_MS + 7 * HOUR_MS, end: last * DAY_MS + 6 * HOUR_MS };
  years.set(year, made);
  return made;
}

/** The span of time that was last asked for, in which the clock does not change: bars lie close together. */
let from = NaN;
let until = NaN;
let offset = NaN;

/** What New York's clock is ahead of UTC at an instant, in milliseconds (negative). */
export function newYorkOffset(time: number): number {
  if (time >= from && time < until) return offset;
  const year = new Date(time).getUTCFullYear();
  const { start, end } = summerTime(year);
  const summer = time >= start && time < end;
  from = summer ? start : time < start ? Date.UTC(year, 0, 1) : end;
  until = summer ? end : time < start ? start : Date.UTC(year + 1, 0, 1);
  offset = summer ? STANDARD_MS + HOUR_MS : STANDARD_MS;
  return offset;
}

/**
 * The instant at which New York's clock shows `wall` (milliseconds as if the clock showed UTC). Of an hour that
 * the clock shows twice the first is meant.
 */
export function newYorkInstant(wall: number): number {
  const summer = wall - STANDARD_MS - HOUR_MS;
  return summer + newYorkOffset(summer) === wall ? summer : wall - STANDARD_MS;
}
