import type { Column } from "../market/column.ts";
import { absent, type Absent } from "../statistic.ts";
import type { Improvement, ResampleOptions } from "./improvement.ts";
import type { OptimizeMetric } from "./metric-names.ts";
import { calmarOf, maxDrawdownOf, testPath } from "./path-improvement.ts";
import { testSmooth } from "./smooth-improvement.ts";
import { smoothMetric } from "./smooth-metric.ts";

export interface ImprovementOptions extends ResampleOptions {
  readonly metric: OptimizeMetric;
  readonly periodsPerYear: number;
  readonly riskFreeRate: number;
}

/** Fewer pairs say nothing about a difference. */
const FEWEST_PAIRS = 60;

/**
 * Tests whether a metric of `a` is greater than that of `b`, by a paired stationary bootstrap (Politis and Romano, Journal of
 * the American Statistical Association 89, 1994): blocks of bars of geometric length are drawn, the same for both columns, the mean
 * length that of Politis and White (2004). See `testSmooth` for Sharpe and Sortino ratio and annual return, `testPath` for
 * drawdowns and Calmar ratio.
 */
export function testImprovement(a: Column, b: Column, options: ImprovementOptions): Improvement | Absent {
  const n = a.length;
  if (n !== b.length) throw new RangeError(`${n} returns cannot be paired with ${b.length}`);
  if (n < FEWEST_PAIRS) return absent(`There are ${n} returns; a comparison needs ${FEWEST_PAIRS}.`);
  if (a.every((value, t) => value === b[t])) return absent("The two have the same returns.");
  const smooth = smoothMetric(options.metric, n, options);
  if (smooth !== null) return testSmooth(a, b, smooth, options);
  const { metric, periodsPerYear } = options;
  return testPath(a, b, metric === "calmar" ? calmarOf(periodsPerYear) : maxDrawdownOf, options);
}
