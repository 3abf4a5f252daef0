import type { Column } from "../../market/column.ts";
import { mean, sampleDeviation } from "../../risk/moments.ts";
import { absent, finite, type Statistic } from "../../statistic.ts";
import { riskFreePerPeriod } from "./risk-free.ts";

/** Returns that vary by less than this vary by rounding alone: equity values carry 16 digits. */
export const NO_DEVIATION = 1e-12;

/**
 * Sharpe ratio per period: mean excess return / sample standard deviation (Sharpe, Journal of Portfolio
 * Management 21, 1994). Absent with fewer than two returns, and where they do not vary: a ratio to a risk of
 * zero says nothing, neither 0 nor infinity.
 * @param riskFreeRate annual
 */
export function sharpePerPeriod(returns: Column, periodsPerYear: number, riskFreeRate: number): Statistic {
  if (returns.length < 2) return absent("A Sharpe ratio needs two returns.");
  const deviation = sampleDeviation(returns);
  if (deviation <= NO_DEVIATION) return absent("The returns do not vary.");
  const excess = mean(returns) - riskFreePerPeriod(riskFreeRate, periodsPerYear);
  return finite(excess / deviation, "The returns are not finite.");
}

/** Sharpe ratio per year: per period x sqrt(periods per year), as empyrical's `sharpe_ratio`. */
export function sharpe(returns: Column, periodsPerYear: number, riskFreeRate: number): Statistic {
  const ratio = sharpePerPeriod(returns, periodsPerYear, riskFreeRate);
  return typeof ratio === "number" ? ratio * Math.sqrt(periodsPerYear) : ratio;
}
