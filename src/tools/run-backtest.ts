import { type BacktestReport, backtestReportSchema } from "../domain/backtest/report.ts";
import { backtestDataSet, dataSetBacktestSchema } from "./backtest-data-set.ts";
import { defineTool } from "./tool.ts";

export const runBacktestTool = defineTool({
  name: "backtest_on_data_set",
  description:
    "Backtest over the window of a data set: a named strategy, or, where none is named, the agents' own policies deciding anew at every rebalance date from what was known then.",
  access: "read",
  input: dataSetBacktestSchema,
  output: backtestReportSchema,
  run: async (ctx, input) => (await backtestDataSet(ctx, input)).report,
});

/** One line on how it went. */
export function summariseBacktest(report: BacktestReport): string {
  const { totalReturn, trades } = report.metrics;
  const gain = totalReturn === null ? "no return" : `${(100 * totalReturn).toFixed(1)}%`;
  return `${report.strategy}: ${gain}, ${trades} ${trades === 1 ? "trade" : "trades"}, ${report.verdict.conclusion}`;
}
