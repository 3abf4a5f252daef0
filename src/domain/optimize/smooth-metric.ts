import { riskFreePerPeriod } from "../backtest/statistics/risk-free.ts";
import type { OptimizeMetric } from "./metric-names.ts";

/** A metric that is a smooth function of the means of two figures of each return. */
export interface SmoothMetric {
  figures(value: number): readonly [x: number, y: number];
  value(x: number, y: number): number;
  /** How the value answers to each of the two means. */
  gradient(x: number, y: number): readonly [x: number, y: number];
}

/**
 * Sharpe and Sortino ratio and the compound annual return, as backtest/statistics has them, by their moments; null for a
 * drawdown and what is divided by one, which depend on the order of the returns.
 * @param length number of returns
 */
export function smoothMetric(
  metric: OptimizeMetric,
  length: number,
  { periodsPerYear, riskFreeRate }: { readonly periodsPerYear: number; readonly riskFreeRate: number },
): SmoothMetric | null {
  const free = riskFreePerPeriod(riskFreeRate, periodsPerYear);
  switch (metric) {
    case "sharpe": {
      // The deviation has the divisor n - 1.
      const scale = Math.sqrt((periodsPerYear * (length - 1)) / length);
      return {
        figures: (value) => [value - free, (value - free) ** 2],
        value: (x, y) => (scale * x) / Math.sqrt(y - x * x),
        gradient: (x, y) => {
          const cube = (y - x * x) ** 1.5;
          return [(scale * y) / cube, (-0.5 * scale * x) / cube];
        },
      };
    }
    case "sortino": {
      const scale = Math.sqrt(periodsPerYear);
      return {
        figures: (value) => [value - free, Math.min(value - free, 0) ** 2],
        value: (x, y) => (scale * x) / Math.sqrt(y),
        gradient: (x, y) => [scale / Math.sqrt(y), (-0.5 * scale * x) / y ** 1.5],
      };
    }
    case "annualReturn":
      return {
        figures: (value) => [Math.log1p(value), 0],
        value: (x) => Math.exp(periodsPerYear * x) - 1,
        gradient: (x) => [periodsPerYear * Math.exp(periodsPerYear * x), 0],
      };
    case "calmar":
    case "maxDrawdown":
      return null;
  }
}
