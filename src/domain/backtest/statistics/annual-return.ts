import type { Column } from "../../market/column.ts";
import { absent, finite, type Statistic } from "../../statistic.ts";

/**
 * Compound return per year of trading: (product of 1 + r)^(periods per year / n) - 1 over n returns.
 * Definition: empyrical `annual_return`. Absent without returns or where they lose everything.
 */
export function annualReturn(returns: Column, periodsPerYear: number): Statistic {
  if (returns.length === 0) return absent("There are no returns.");
  let growth = 1;
  for (let i = 0; i < returns.length; i += 1) {
    const value = returns[i] ?? NaN;
    growth *= 1 + value;
  }
  if (growth <= 0) return absent("Everything was lost.");
  return finite(growth ** (periodsPerYear / returns.length) - 1, "The growth is too large to annualise.");
}
