import type { Column } from "../../market/column.ts";
import { absent, finite, type Statistic } from "../../statistic.ts";
import { riskFreePerPeriod } from "./risk-free.ts";

/**
 * Omega ratio: sum of what returns exceed a threshold by / sum of what they fall short of it by (Keating and
 * Shadwick, Journal of Performance Measurement 6, 2002; empyrical `omega_ratio`). The threshold is the
 * risk-free rate per period. Absent without returns and where none falls short.
 * @param riskFreeRate annual
 */
export function omega(returns: Column, periodsPerYear: number, riskFreeRate: number): Statistic {
  if (returns.length === 0) return absent("There are no returns.");
  const threshold = riskFreePerPeriod(riskFreeRate, periodsPerYear);
  let above = 0;
  let below = 0;
  for (let i = 0; i < returns.length; i += 1) {
    const excess = (returns[i] ?? NaN) - threshold;
    above += Math.max(excess, 0);
    below -= Math.min(excess, 0);
  }
  if (below === 0) return absent("No return falls short of the risk-free rate.");
  return finite(above / below, "The shortfalls are too small.");
}
