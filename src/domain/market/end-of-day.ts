import { isoTime } from "../iso-time.ts";
import { DAY_MS, dayOf } from "./day.ts";

/**
 * The instant up to which a day's bars are known: midnight UTC at its end. By then New York has closed, and a
 * bar around the clock that began at midnight has just become known.
 * @throws RangeError where the text is no date
 */
export function endOfDay(date: string): number {
  const day = dayOf(date);
  if (Number.isNaN(day)) throw new RangeError(`${date} is no date`);
  return (day + 1) * DAY_MS;
}

/** The day that ends at an instant, as `endOfDay` has it. */
export function dateOfEnd(time: number): string {
  return isoTime(time - DAY_MS).slice(0, "2026-01-01".length);
}
