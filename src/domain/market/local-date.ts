import { z } from "zod";
import { dateOfDay, DAY_MS, dayOf } from "./day.ts";

/** A local calendar date, `YYYY-MM-DD`, that exists (no 30 February). Such dates sort as text. */
export const localDateSchema = z.iso.date();

/** The date some days earlier. */
export function minusDays(date: string, days: number): string {
  return dateOfDay(dayOf(date) - days);
}

/** The date some months earlier: the same day of the month, or the month's last where it is shorter. */
export function minusMonths(date: string, months: number): string {
  const [year = NaN, month = NaN, day = NaN] = date.split("-").map(Number);
  const target = year * 12 + (month - 1) - months;
  const targetYear = Math.floor(target / 12);
  const targetMonth = target - targetYear * 12;
  const first = Date.UTC(targetYear, targetMonth, 1) / DAY_MS;
  const lastOfMonth = Date.UTC(targetYear, targetMonth + 1, 0) / DAY_MS;
  return dateOfDay(Math.min(first + day - 1, lastOfMonth));
}
