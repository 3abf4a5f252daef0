import type { Bars } from "../market/bars.ts";
import { calendarOf } from "../market/calendars.ts";
import { intervalMs } from "../market/interval.ts";

/** Bars in a full trading day: 1 for daily bars, 7 for hours in New York (the last one is half an hour). */
export function barsPerDay(bars: Pick<Bars, "calendar" | "interval">): number {
  return calendarOf(bars.calendar).barsPerDay(intervalMs(bars.interval));
}

/** Bars in a year of trading, for annualisation: 252 daily bars in New York, 365 around the clock. */
export function periodsPerYear(bars: Pick<Bars, "calendar" | "interval">): number {
  return calendarOf(bars.calendar).daysPerYear * barsPerDay(bars);
}
