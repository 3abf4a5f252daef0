import type { Column } from "../../market/column.ts";
import { absent, type Statistic } from "../../statistic.ts";

/**
 * Money traded / equity per year, purchases and sales together: replacing the whole portfolio once a year is
 * a turnover of 2.
 * @param turnover money traded / equity by row
 */
export function annualTurnover(turnover: Column, periodsPerYear: number): Statistic {
  if (turnover.length === 0) return absent("There are no rows.");
  let sum = 0;
  for (let i = 0; i < turnover.length; i += 1) {
    const value = turnover[i] ?? NaN;
    sum += value;
  }
  return (sum * periodsPerYear) / turnover.length;
}
