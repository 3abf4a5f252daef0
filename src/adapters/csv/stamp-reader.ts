import { DAY_MS, dayOf } from "../../domain/market/day.ts";

const MINUTE_MS = 60_000;
const ISO =
  /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2})(?:\.(\d{1,9}))?)?)? ?(?:(Z|UTC)|([+-])(\d{2}):?(\d{2}))?$/;
const COMPACT = /^(\d{4})(\d{2})(\d{2})(?: (\d{2}):?(\d{2}))?$/;
const UNIX = /^(\d{9,19})(?:\.0*)?$/;

/** A time as its text shows it; see Stamps for the two numbers. */
export interface Stamp {
  wall: number;
  offset: number;
}

/**
 * Reads one time into `stamp`: ISO 8601 dates and times with or without an offset, yyyymmdd with or without hh:mm,
 * and Unix time in seconds, milliseconds, microseconds or nanoseconds. Returns false where the text is none of
 * them. Dates with slashes are refused on purpose: 03/04 is two different days.
 */
export function readStamp(text: string, stamp: Stamp): boolean {
  const iso = ISO.exec(text);
  if (iso !== null) {
    const [, date = "", hour = "0", minute = "0", second = "0", fraction = "0", utc, sign, hours, minutes] =
      iso;
    const clock = clockMs(hour, minute, second) + Math.floor(Number(`0.${fraction}`) * 1000);
    stamp.wall = dayOfCached(date) * DAY_MS + clock;
    const ahead = (Number(hours) * 60 + Number(minutes)) * MINUTE_MS;
    stamp.offset = utc !== undefined ? 0 : sign === undefined ? NaN : sign === "-" ? -ahead : ahead;
    return !Number.isNaN(stamp.wall);
  }
  const compact = COMPACT.exec(text);
  if (compact !== null) {
    const [, year, month, date, hour = "0", minute = "0"] = compact;
    stamp.wall = dayOfCached(`${year}-${month}-${date}`) * DAY_MS + clockMs(hour, minute, "0");
    stamp.offset = NaN;
    return !Number.isNaN(stamp.wall);
  }
  const unix = UNIX.exec(text);
  if (unix === null) return false;
  const [, digits = ""] = unix;
  const perMs = digits.length <= 11 ? 1e-3 : digits.length <= 14 ? 1 : digits.length <= 17 ? 1e3 : 1e6;
  stamp.wall = Math.round(Number(digits) / perMs);
  stamp.offset = 0;
  return true;
}

function clockMs(hour: string, minute: string, second: string): number {
  const [h, m, s] = [Number(hour), Number(minute), Number(second)];
  return h < 24 && m < 60 && s < 60 ? (h * 60 + m) * MINUTE_MS + s * 1000 : NaN;
}

let cachedDate = "";
let cachedDay = NaN;

/** Rows of one day follow each other, so the last date is likely the next one. */
function dayOfCached(date: string): number {
  if (date !== cachedDate) {
    cachedDate = date;
    cachedDay = dayOf(date);
  }
  return cachedDay;
}
