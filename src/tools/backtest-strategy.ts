import { composeReport } from "../domain/run/compose.ts";
import { backtestInputSchema } from "../domain/run/backtest-input.ts";
import { runReportSchema } from "../domain/run/report.ts";
import { backtestDataSet } from "./backtest-data-set.ts";
import { runBacktestTool, summariseBacktest } from "./run-backtest.ts";
import { fetchHistory } from "./fetch-history.ts";
import { startStep } from "./start-step.ts";
import { defineTool } from "./tool.ts";

export const backtestStrategyTool = defineTool({
  name: "backtest_strategy",
  description: "Backtest a named strategy on the configured data source.",
  access: "read",
  input: backtestInputSchema,
  output: runReportSchema,
  run: async (ctx, input) => {
    const { data, step } = await fetchHistory(ctx, input);
    const steps = [step];
    const tested = startStep(ctx, "backtest", runBacktestTool.name, input.strategy);
    const { report: backtest, decisions } = await backtestDataSet(ctx, {
      dataSetId: data.dataSetId,
      strategy: { name: input.strategy, params: input.params },
      constraints: {},
      settings: input.settings,
      detail: input.detail,
      prove: input.prove,
    });
    const decided = decisions.length === 0 ? {} : { decisions: [...decisions] };
    steps.push(tested({ by: decisions.at(-1) ?? null, ...decided, summary: summariseBacktest(backtest) }));
    return composeReport({
      identity: ctx.identity,
      status: "done",
      minModelShare: ctx.minModelShare,
      request: `backtest ${input.strategy} on ${input.symbols.join(", ")}`,
      data,
      backtest,
      steps,
    });
  },
});
