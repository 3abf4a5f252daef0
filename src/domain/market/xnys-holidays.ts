import { DAY_MS, dayOf, nthWeekday, weekdayOf } from "./day.ts";

const SUNDAY = 0;
const MONDAY = 1;
const THURSDAY = 4;
const SATURDAY = 6;

/**
 * Days on which the exchange stayed closed out of turn, by its own announcements: mourning days for presidents,
 * the attacks of 2001, the hurricane of 2012.
 */
const SPECIAL_CLOSURES: readonly (readonly [date: string, why: string])[] = [
  ["1994-04-27", "mourning for Richard Nixon"],
  ["2001-09-11", "attacks of 11 September"],
  ["2001-09-12", "attacks of 11 September"],
  ["2001-09-13", "attacks of 11 September"],
  ["2001-09-14", "attacks of 11 September"],
  ["2004-06-11", "mourning for Ronald Reagan"],
  ["2007-01-02", "mourning for Gerald Ford"],
  ["2012-10-29", "hurricane Sandy"],
  ["2012-10-30", "hurricane Sandy"],
  ["2018-12-05", "mourning for George H. W. Bush"],
  ["2025-01-09", "mourning for Jimmy Carter"],
];

/**
 * Days of a year (counted from 1970-01-01) on which the New York Stock Exchange is closed although they are
 * weekdays or would be, with the reason.
 *
 * Source: NYSE Rule 7.2 (Holidays). A holiday on a Sunday is kept on the Monday after; one on a Saturday on the
 * Friday before, except New Year's Day, whose Friday ends a year of accounts. Martin Luther King Jr. Day since 1998,
 * Juneteenth since 2022. Holds from 1990.
 */
export function xnysHolidays(year: number): ReadonlyMap<number, string> {
  const days = new Map<number, string>();
  const on = (month: number, date: number): number => Date.UTC(year, month - 1, date) / DAY_MS;
  const newYear = on(1, 1);
  if (weekdayOf(newYear) !== SATURDAY) days.set(observed(newYear), "New Year's Day");
  if (year >= 1998) days.set(nthWeekday(year, 1, MONDAY, 3), "Martin Luther King Jr. Day");
  days.set(nthWeekday(year, 2, MONDAY, 3), "Washington's Birthday");
  days.set(easterSunday(year) - 2, "Good Friday");
  days.set(nthWeekday(year, 5, MONDAY, -1), "Memorial Day");
  if (year >= 2022) days.set(observed(on(6, 19)), "Juneteenth");
  days.set(observed(on(7, 4)), "Independence Day");
  days.set(nthWeekday(year, 9, MONDAY, 1), "Labor Day");
  days.set(thanksgiving(year), "Thanksgiving Day");
  days.set(observed(on(12, 25)), "Christmas Day");
  for (const [date, why] of SPECIAL_CLOSURES) {
    if (date.startsWith(String(year))) days.set(dayOf(date), why);
  }
  return days;
}

/** The fourth Thursday of November. */
export function thanksgiving(year: number): number {
  return nthWeekday(year, 11, THURSDAY, 4);
}

function observed(day: number): number {
  const weekday = weekdayOf(day);
  return weekday === SUNDAY ? day + 1 : weekday === SATURDAY ? day - 1 : day;
}

/** Gregorian Easter. Source: Meeus, Astronomical Algorithms (2nd ed.), chapter 8. */
function easterSunday(year: number): number {
  const a = year % 19;
  const b = Math.floor(year / 100);
  const c = year % 100;
  const d = Math.floor(b / 4);
  const e = b % 4;
  const f = Math.floor((b + 8) / 25);
  const g = Math.floor((b - f + 1) / 3);
  const h = (19 * a + b - d - g + 15) % 30;
  const i = Math.floor(c / 4);
  const k = c % 4;
  const l = (32 + 2 * e + 2 * i - h - k) % 7;
  const m = Math.floor((a + 11 * h + 22 * l) / 451);
  const n = h + l - 7 * m + 114;
  return Date.UTC(year, Math.floor(n / 31) - 1, (n % 31) + 1) / DAY_MS;
}
