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
  if (daily) return share(stamps, (i) => isWeekend(stamps.wall[i] ?? NaN)) > STRAYS ? "24/7" : "XNYS";
  const asUtc = share(stamps, (i) => isNight(newYorkWall(stamps, i)));
  if (asUtc <= STRAYS) return "XNYS";
  const asLocal = share(stamps, (i) => isNight(localWall(stamps, i)));
  return asLocal <= STRAYS ? "XNYS" : "24/7";
}

/**
 * Whether times of day without an offset are New York's (else UTC): the reading that puts more of them between
 * 09:30 and 16:00 in New York.
 */
export function readsAsNewYork(stamps: Stamps): boolean {
  const asUtc = share(stamps, (i) => isOpen(newYorkWall(stamps, i)));
  return share(stamps, (i) => isOpen(localWall(stamps, i))) >= asUtc;
}

/** New York's clock at a row, a missing offset read as UTC. */
function newYorkWall(stamps: Stamps, i: number): number {
  const offset = stamps.offset[i] ?? NaN;
  const instant = (stamps.wall[i] ?? NaN) - (Number.isNaN(offset) ? 0 : offset);
  return instant + newYorkOffset(instant);
}

/** New York's clock at a row, a missing offset read as New York's own. */
function localWall(stamps: Stamps, i: number): number {
  return Number.isNaN(stamps.offset[i]) ? (stamps.wall[i] ?? NaN) : newYorkWall(stamps, i);
}

function share(stamps: Stamps, holds: (index: number) => boolean): number {
  let count = 0;
  for (let i = 0; i < stamps.wall.length; i++) {
    if (holds(i)) count += 1;
  }
  return count / Math.max(1, stamps.wall.length);
}

function isWeekend(wall: number): boolean {
  return weekdayOf(Math.floor(wall / DAY_MS)) % 6 === 0;
}

function isNight(wall: number): boolean {
  const minute = (wall % DAY_MS) / MINUTE_MS;
  return minute < 4 * 60 || minute >= 20 * 60 || isWeekend(wall);
}

function isOpen(wall: number): boolean {
  const minute = (wall % DAY_MS) / MINUTE_MS;
  return minute >= 9.5 * 60 && minute < 16 * 60 && !isWeekend(wall);
}
