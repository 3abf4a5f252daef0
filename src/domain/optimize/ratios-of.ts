import type { Metrics } from "../backtest/report.ts";
import type { Figures } from "./metric.ts";

/** The figures of a span that do not depend on how long it is or how much money is in it. */
export function ratiosOf(metrics: Metrics): Omit<Figures, "bars" | "costs" | "trades"> {
  const { totalReturn, annualReturn, volatility, sharpe, sortino, calmar, maxDrawdown, exposure, turnover } =
    metrics;
  return { totalReturn, annualReturn, volatility, sharpe, sortino, calmar, maxDrawdown, exposure, turnover };
}
