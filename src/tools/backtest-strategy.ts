import { FinAgentError } from "../domain/errors.ts";
import { calendarOf } from "../domain/market/calendars.ts";
import { at } from "../domain/market/column.ts";
import { composeReport } from "../domain/run/compose.ts";
import { backtestInputSchema } from "../domain/run/backtest-input.ts";
import { runReportSchema } from "../domain/run/report.ts";
import { fetchMarketDataTool, summariseData } from "./fetch-market-data.ts";
import { runBacktestTool, summariseBacktest } from "./run-backtest.ts";
import { startStep } from "./start-step.ts";
import { defineTool, type ToolContext } from "./tool.ts";

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
    const backtest = await runBacktestTool.run(ctx, {
      dataSetId: data.dataSetId,
      strategy: { name: input.strategy, params: input.params },
      constraints: {},
      settings: input.settings,
    });
    steps.push(tested({ by: null, summary: summariseBacktest(backtest) }));
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

/** The trading date of the earliest bar of any of the symbols. */
async function firstDay(ctx: ToolContext, symbols: readonly string[]): Promise<string> {
  const days: string[] = [];
  for (const symbol of symbols) {
    const { bars } = await ctx.market.series(symbol, ctx.asOf ?? ctx.clock.now());
    if (bars.length > 0) days.push(calendarOf(bars.calendar).dateOf(at(bars.time, 0)));
  }
  const [first] = days.sort();
  if (first !== undefined) return first;
  throw new FinAgentError("EMPTY_WINDOW", `${symbols.join(", ")}: no bars are known by then.`, {
    hint: "Choose a later as-of day.",
  });
}
