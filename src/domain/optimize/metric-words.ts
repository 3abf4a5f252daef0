import type { OptimizeMetric } from "./metric-names.ts";

/** Metrics as they are called in a sentence. */
export const METRIC_WORDS: Readonly<Record<OptimizeMetric, string>> = {
  sharpe: "Sharpe ratio",
  sortino: "Sortino ratio",
  calmar: "Calmar ratio",
  annualReturn: "annual return",
  maxDrawdown: "maximum drawdown",
};
