import type { CalendarId } from "./calendar.ts";
import { DAY_MS, weekdayOf } from "./day.ts";
import type { Stamps } from "./stamps.ts";
import { newYorkOffset } from "./us-daylight-saving.ts";

const MINUTE_MS = 60_000;
/** A few strays are faults of the data, not trading. */
const STRAYS = 0.01;

/**
 * Which calendar the bars follow, from their times alone. Bars on weekends, or intraday bars in New York's night
 * (20:00 to 04:00, outside of extended hours too), trade around the clock; all others are taken for New York's.
 */
export function inferCalendar(stamps: Stamps, daily: boolean): CalendarId {
  const limit = STRAYS * Math.max(1, stamps.wall.length);
  if (daily) return countWeekends(stamps) > limit ? "24/7" : "XNYS";
  if (countNights(stamps, false) <= limit) return "XNYS";
  return hasMissingOffset(stamps) && countNights(stamps, true) <= limit ? "XNYS" : "24/7";
}

/**
 * Whether times of day without an offset are New York's (else UTC): the reading that puts more of them between
 * 09:30 and 16:00 in New York.
 */
export function readsAsNewYork(stamps: Stamps): boolean {
  if (!hasMissingOffset(stamps)) return true;
  return countOpen(stamps, true) >= countOpen(stamps, false);
}

function hasMissingOffset({ offset }: Stamps): boolean {
  for (let i = 0; i < offset.length; i++) {
    if (Number.isNaN(offset[i])) return true;
  }
  return false;
}

/** New York's clock at a row; a missing offset is read as New York's own where `local`, else as UTC. */
function newYorkWall(shown: number, ahead: number, local: boolean): number {
  const missing = Number.isNaN(ahead);
  if (missing && local) return shown;
  const instant = missing ? shown : shown - ahead;
  return instant + newYorkOffset(instant);
}

function countWeekends({ wall }: Stamps): number {
  let count = 0;
  for (let i = 0; i < wall.length; i++) {
    if (isWeekend(wall[i] ?? NaN)) count += 1;
  }
  return count;
}

function countNights({ wall, offset }: Stamps, local: boolean): number {
  let count = 0;
  for (let i = 0; i < wall.length; i++) {
    const shown = newYorkWall(wall[i] ?? NaN, offset[i] ?? NaN, local);
    const minute = minuteOf(shown);
    if (minute < 4 * 60 || minute >= 20 * 60 || isWeekend(shown)) count += 1;
  }
  return count;
}

function countOpen({ wall, offset }: Stamps, local: boolean): number {
  let count = 0;
  for (let i = 0; i < wall.length; i++) {
    const shown = newYorkWall(wall[i] ?? NaN, offset[i] ?? NaN, local);
    const minute = minuteOf(shown);
    if (minute >= 9.5 * 60 && minute < 16 * 60 && !isWeekend(shown)) count += 1;
  }
  return count;
}

function minuteOf(wall: number): number {
  return (wall - Math.floor(wall / DAY_MS) * DAY_MS) / MINUTE_MS;
}

function isWeekend(wall: number): boolean {
  const weekday = weekdayOf(Math.floor(wall / DAY_MS));
  return weekday === 0 || weekday === 6;
}
