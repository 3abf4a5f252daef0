/** Interest runs by the days of the calendar, a year having 365 of them (actual/365 fixed). */
const YEARS_PER_MS = 1 / (365 * 86_400_000);

/** @param elapsed milliseconds */
export function interestYears(elapsed: number): number {
  return elapsed * YEARS_PER_MS;
}

/**
 * Simple interest on an amount over a time.
 * @param rate annual fraction
 */
export function interest(amount: number, rate: number, years: number): number {
  return amount * (rate * years);
}
