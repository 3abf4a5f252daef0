export const DAY_MS = 86_400_000;

/** Days from 1970-01-01 to a date `YYYY-MM-DD`; NaN where the text is no date. */
export function dayOf(date: string): number {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(date)) return NaN;
  return dayOfCivil(Number(date.slice(0, 4)), Number(date.slice(5, 7)), Number(date.slice(8)));
}

/** The date `YYYY-MM-DD` of a day counted from 1970-01-01. */
export function dateOfDay(day: number): string {
  return new Date(day * DAY_MS).toISOString().slice(0, 10);
}

/** 0 Sunday … 6 Saturday. */
export function weekdayOf(day: number): number {
  return (((day + 4) % 7) + 7) % 7;
}

/** The day of the `nth` given weekday of a month (1 January … 12 December); a negative `nth` counts from the end. */
export function nthWeekday(year: number, month: number, weekday: number, nth: number): number {
  if (nth > 0) {
    const first = Date.UTC(year, month - 1, 1) / DAY_MS;
    return first + ((weekday - weekdayOf(first) + 7) % 7) + 7 * (nth - 1);
  }
  const last = Date.UTC(year, month, 0) / DAY_MS;
  return last - ((weekdayOf(last) - weekday + 7) % 7) + 7 * (nth + 1);
}

/** Days from 1970-01-01 to a date (month 1 … 12); NaN where there is no such date, or before the year 100. */
export function dayOfCivil(year: number, month: number, date: number): number {
  // Date.UTC takes the years 0 to 99 for those of the last century.
  if (!(year >= 100 && month >= 1 && month <= 12 && date >= 1 && date <= 31)) return NaN;
  const day = Date.UTC(year, month - 1, date) / DAY_MS;
  // A date beyond the end of its month would be one of the next.
  return date <= 28 || new Date(day * DAY_MS).getUTCDate() === date ? day : NaN;
}
