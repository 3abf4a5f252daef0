import { composeReport } from "../domain/run/compose.ts";
import { backtestInputSchema } from "../domain/run/backtest-input.ts";
import { runReportSchema } from "../domain/run/report.ts";
import { backtestDataSet } from "./backtest-data-set.ts";
import { fetchMarketDataTool, summariseData } from "./fetch-market-data.ts";
import { runBacktestTool, summariseBacktest } from "./run-backtest.ts";
import { firstDay } from "./first-day.ts";
import { startStep } from "./start-step.ts";
import { defineTool } from "./tool.ts";

export const backtestStrategyTool = defineTool({
  name: "backtest_strategy",
  description: "Backtest a named strategy on the configured data source.",
  access: "read",
  input: backtestInputSchema,
  output: runReportSchema,
  run: async (ctx, input) => {
    const symbols = input.symbols.join(", ");
    const fetched = startStep(ctx, "data", fetchMarketDataTool.name, symbols);
    const data = await fetchMarketDataTool.run(ctx, {
      symbols: input.symbols,
      from: input.from ?? (await firstDay(ctx, input.symbols)),
      ...(input.to === undefined ? {} : { to: input.to }),
    });
    const steps = [fetched({ by: null, summary: summariseData(data) })];
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
      request: `backtest ${input.strategy} on ${symbols}`,
      data,
      backtest,
      steps,
    });
  },
});
