import { MovingMoments } from "../../indicators/moving-moments.ts";
import { at, type Column } from "../../market/column.ts";
import { riskFreePerPeriod } from "../statistics/risk-free.ts";
import { NO_DEVIATION } from "../statistics/sharpe.ts";
import type { Points } from "./points.ts";

/** Fewer returns than this say nothing about their own deviation. */
const SHORTEST_WINDOW = 10;

export interface Rolling {
  /** Length of the window in bars. */
  readonly bars: number;
  /** Per year, at the end of each point; null before the window is full and where the returns do not vary. */
  readonly sharpe: (number | null)[];
  readonly volatility: (number | null)[];
}

/**
 * Sharpe ratio and volatility of the last quarter of a year (63 daily bars in New York), or of a third of the
 * rows where that is shorter; definitions as in statistics/. Null where there are too few rows.
 */
export function rolling(
  equity: Column,
  points: Points,
  periodsPerYear: number,
  riskFreeRate: number,
): Rolling | null {
  const bars = Math.min(Math.round(periodsPerYear / 4), Math.floor(equity.length / 3));
  if (bars < SHORTEST_WINDOW) return null;
  const moments = new MovingMoments(bars);
  const free = riskFreePerPeriod(riskFreeRate, periodsPerYear);
  const year = Math.sqrt(periodsPerYear);
  const sharpe: (number | null)[] = [];
  const volatility: (number | null)[] = [];
  let row = 1;
  for (const end of points.ends) {
    for (; row <= end && at(equity, row - 1) > 0; row += 1) {
      moments.add(at(equity, row) / at(equity, row - 1) - 1);
    }
    // Equity that is gone has no returns, and none comes back.
    const known = row > end && end >= bars;
    const deviation = known ? Math.sqrt((moments.variance * bars) / (bars - 1)) : NaN;
    volatility.push(known ? deviation * year : null);
    sharpe.push(deviation > NO_DEVIATION ? ((moments.mean - free) / deviation) * year : null);
  }
  return { bars, sharpe, volatility };
}
