import type { Column } from "../market/column.ts";
import { finite, type Statistic } from "../statistic.ts";
import { sampleDeviation } from "./moments.ts";

/** Annualised volatility: sample standard deviation (n - 1) of the returns x sqrt(periods per year). */
export function volatility(returns: Column, periodsPerYear: number): Statistic {
  return finite(sampleDeviation(returns) * Math.sqrt(periodsPerYear), "A volatility needs two returns.");
}
