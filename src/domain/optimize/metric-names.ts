/** What can be improved. A drawdown is negative: nearer to 0 is better, so more is better of every one. */
export const OPTIMIZE_METRICS = ["sharpe", "sortino", "calmar", "annualReturn", "maxDrawdown"] as const;

export type OptimizeMetric = (typeof OPTIMIZE_METRICS)[number];
