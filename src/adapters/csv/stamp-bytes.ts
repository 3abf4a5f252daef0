import { DAY_MS, dayOfCivil } from "../../domain/market/day.ts";
import type { Stamp } from "./stamp-reader.ts";

const MINUTE_MS = 60_000;
const ZERO = 48;
const [DASH, COLON, SPACE, POINT, PLUS, T, Z] = [45, 58, 32, 46, 43, 84, 90];
/** Fifteen digits are an exact integer. */
const MOST_DIGITS = 15;

let heldDate = -1;
let heldDay = NaN;

/**
 * Reads the usual times of `readStamp` straight from bytes that end in a line feed: dates with or without a time and
 * an offset, yyyymmdd with or without hh:mm, Unix time. Returns where the time ends, or -1 where it is for `readStamp`
 * to read or to refuse.
 */
export function stampInBytes(bytes: Uint8Array, from: number, stamp: Stamp): number {
  if (bytes[from + 4] !== DASH || bytes[from + 7] !== DASH) return plainDigits(bytes, from, stamp);
  const yearHigh = twoDigits(bytes, from);
  const yearLow = twoDigits(bytes, from + 2);
  const day = dayIn(yearHigh, yearLow, twoDigits(bytes, from + 5), twoDigits(bytes, from + 8));
  stamp.wall = day * DAY_MS;
  stamp.offset = NaN;
  if (Number.isNaN(day)) return -1;
  let p = from + 10;
  if (bytes[p] !== SPACE && bytes[p] !== T) return p;
  const hour = twoDigits(bytes, p + 1);
  const minute = twoDigits(bytes, p + 4);
  // NaN compares false, so that a character that is no digit ends here.
  if (!(hour < 24 && minute < 60 && bytes[p + 3] === COLON)) return -1;
  p += 6;
  let clock = (hour * 60 + minute) * MINUTE_MS;
  if (bytes[p] === COLON) {
    const second = twoDigits(bytes, p + 1);
    if (!(second < 60)) return -1;
    clock += second * 1000;
    p += 3;
    if (bytes[p] === POINT) {
      const point = p++;
      while (bytes[p] === ZERO) p += 1;
      if (p - point === 1 || p - point > 10) return -1;
    }
  }
  stamp.wall += clock;
  const mark = bytes[p];
  if (mark === Z) {
    stamp.offset = 0;
    return p + 1;
  }
  if (mark !== PLUS && mark !== DASH) return p;
  const hours = twoDigits(bytes, p + 1);
  p += bytes[p + 3] === COLON ? 4 : 3;
  const ahead = (hours * 60 + twoDigits(bytes, p)) * MINUTE_MS;
  stamp.offset = mark === DASH ? -ahead : ahead;
  return Number.isNaN(ahead) ? -1 : p + 2;
}

/** yyyymmdd, yyyymmdd hh:mm, and Unix time. */
function plainDigits(bytes: Uint8Array, from: number, stamp: Stamp): number {
  let p = from;
  let value = 0;
  for (let digit = (bytes[p] ?? 0) ^ ZERO; digit <= 9; digit = (bytes[++p] ?? 0) ^ ZERO) {
    value = value * 10 + digit;
  }
  const digits = p - from;
  if (digits > 8 && digits <= MOST_DIGITS) {
    stamp.wall = Math.round(value / (digits <= 11 ? 1e-3 : digits <= 14 ? 1 : 1e3));
    stamp.offset = 0;
    return p;
  }
  if (digits !== 8) return -1;
  const [month, date] = [twoDigits(bytes, from + 4), twoDigits(bytes, from + 6)];
  const day = dayIn(twoDigits(bytes, from), twoDigits(bytes, from + 2), month, date);
  stamp.wall = day * DAY_MS;
  stamp.offset = NaN;
  if (Number.isNaN(day)) return -1;
  if (bytes[p] !== SPACE) return p;
  const hour = twoDigits(bytes, p + 1);
  p += bytes[p + 3] === COLON ? 4 : 3;
  const minute = twoDigits(bytes, p);
  if (!(hour < 24 && minute < 60)) return -1;
  stamp.wall += (hour * 60 + minute) * MINUTE_MS;
  return p + 2;
}

/** Rows of one day follow each other, so the last date is likely the next one. */
function dayIn(yearHigh: number, yearLow: number, month: number, date: number): number {
  const key = ((yearHigh * 100 + yearLow) * 100 + month) * 100 + date;
  if (key !== heldDate) {
    heldDate = key;
    heldDay = dayOfCivil(yearHigh * 100 + yearLow, month, date);
  }
  return heldDay;
}

function twoDigits(bytes: Uint8Array, at: number): number {
  const tens = (bytes[at] ?? 0) ^ ZERO;
  const ones = (bytes[at + 1] ?? 0) ^ ZERO;
  return tens <= 9 && ones <= 9 ? tens * 10 + ones : NaN;
}
