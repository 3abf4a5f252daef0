import { at, type Column, last } from "../../market/column.ts";
import { absent, isAbsent, type Statistic } from "../../statistic.ts";

/** The shortest time over which growth is compounded to a year, in calendar days. */
const FEWEST_DAYS = 30;

const DAYS_PER_YEAR = 365.25;
const YEAR_MS = DAYS_PER_YEAR * 86_400_000;

/**
 * Whether a time is long enough for growth over it to be compounded to a year (CAGR, annual return, Calmar ratio,
 * alpha). Compounding the gain of a few days gives finite figures without meaning, up to 1e47. GIPS (2010, 5.A.4)
 * states no return for less than one year as an annual one; here a bound of 30 calendar days leaves the figures of
 * a quarter or half a year, which readers expect. Volatility and Sharpe ratio grow with the square root of time and are
 * not bounded.
 * @param years counted to the nearest day, so that summer time does not matter
 */
export function isStatedPerYear(years: number): boolean {
  return Math.round(years * DAYS_PER_YEAR) >= FEWEST_DAYS;
}

/**
 * A statistic that is compounded to a year, absent where the time is too short for that.
 * @param time epoch milliseconds of the equity values
 */
export function statedPerYear(statistic: Statistic, time: Column): Statistic {
  if (isAbsent(statistic) || isStatedPerYear((last(time) - at(time, 0)) / YEAR_MS)) return statistic;
  return absent(`Nothing is compounded to a year from less than ${FEWEST_DAYS} calendar days.`);
}
