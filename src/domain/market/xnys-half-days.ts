import { DAY_MS, dayOf, weekdayOf } from "./day.ts";
import { thanksgiving } from "./xnys-holidays.ts";

const WEDNESDAY = 3;
const FRIDAY = 5;
const ONE_PM = 13 * 60;
const TWO_PM = 14 * 60;

/** Early closes that follow no rule, by the exchange's announcements; minutes after midnight in New York. */
const SPECIAL_EARLY_CLOSES: readonly (readonly [date: string, minutes: number])[] = [
  ["1994-02-11", 14 * 60 + 30], // snow storm
  ["1997-12-26", ONE_PM],
  ["1999-12-31", ONE_PM],
  ["2003-12-26", ONE_PM],
];

/**
 * Days of a year (counted from 1970-01-01) on which the New York Stock Exchange closes early, with the close in
 * minutes after midnight. Days that are holidays or weekends may be among them: a holiday goes first.
 *
 * Source: the exchange's yearly announcements of "Holidays and Trading Hours". The day after Thanksgiving since
 * 1992; Christmas Eve from Monday to Thursday; 3 July from Monday to Thursday since 1995, but where it is a
 * Wednesday, until 2012, Friday 5 July in its place. At 13:00 since 1993, before at 14:00.
 */
export function xnysEarlyCloses(year: number): ReadonlyMap<number, number> {
  const closes = new Map<number, number>();
  const minutes = year >= 1993 ? ONE_PM : TWO_PM;
  if (year >= 1992) closes.set(thanksgiving(year) + 1, minutes);
  const christmasEve = Date.UTC(year, 11, 24) / DAY_MS;
  if (weekdayOf(christmasEve) < FRIDAY) closes.set(christmasEve, minutes);
  const third = Date.UTC(year, 6, 3) / DAY_MS;
  if (year >= 1995 && weekdayOf(third) < FRIDAY) {
    closes.set(year < 2013 && weekdayOf(third) === WEDNESDAY ? third + 2 : third, minutes);
  }
  for (const [date, close] of SPECIAL_EARLY_CLOSES) {
    if (date.startsWith(String(year))) closes.set(dayOf(date), close);
  }
  return closes;
}
