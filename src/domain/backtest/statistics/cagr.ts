import { at, type Column, last } from "../../market/column.ts";
import { absent, finite, type Statistic } from "../../statistic.ts";

/** Mean length of a Julian year, as ffn's `year_frac` has it. */
const YEAR = 365.25 * 86_400_000;

/**
 * Compound annual growth rate over calendar time: (last / first)^(1 / years) - 1, years of 365.25 days.
 * Definition: ffn `calc_cagr`. Absent where no time passes or an end is not positive.
 * @param time epoch milliseconds of the equity values
 */
export function cagr(equity: Column, time: Column): Statistic {
  if (equity.length < 2) return absent("Growth needs two equity values.");
  const years = (last(time) - at(time, 0)) / YEAR;
  if (years <= 0) return absent("No time passes between the first and the last equity.");
  if (at(equity, 0) <= 0 || last(equity) <= 0) return absent("Growth is not defined for an equity of zero.");
  return finite((last(equity) / at(equity, 0)) ** (1 / years) - 1, "The growth is too large to annualise.");
}
