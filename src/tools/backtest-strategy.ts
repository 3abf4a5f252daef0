import { FinAgentError } from "../domain/errors.ts";
import { calendarOf } from "../domain/market/calendars.ts";
import { at } from "../domain/market/column.ts";
import { composeReport } from "../domain/run/compose.ts";
import { backtestInputSchema } from "../domain/run/backtest-input.ts";
import { runReportSchema } from "../domain/run/report.ts";
import type { Step } from "../domain/run/step.ts";
import { fetchMarketDataTool } from "./fetch-market-data.ts";
import { runBacktestTool } from "./run-backtest.ts";
import { defineTool, type ToolContext } from "./tool.ts";

export const backtestStrategyTool = defineTool({
  name: "backtest_strategy",
  description: "Backtest a named strategy on the configured data source.",
  access: "read",
  input: backtestInputSchema,
  output: runReportSchema,
  run: async (ctx, input) => {
    const steps: Step[] = [];
    const data = await step("data", fetchMarketDataTool.name, input.symbols.join(", "), async () =>
      fetchMarketDataTool.run(ctx, {
        symbols: input.symbols,
        from: input.from ?? (await firstDay(ctx, input.symbols)),
        ...(input.to === undefined ? {} : { to: input.to }),
      }),
    );
    const backtest = await step("backtest", runBacktestTool.name, input.strategy, () =>
      runBacktestTool.run(ctx, {
        dataSetId: data.dataSetId,
        strategy: { name: input.strategy, params: input.params },
        constraints: {},
        settings: input.settings,
      }),
    );
    return composeReport({
      identity: ctx.identity,
      status: "done",
      request: `backtest ${input.strategy} on ${input.symbols.join(", ")}`,
      data,
      backtest,
      steps,
    });

    async function step<T>(agent: string, tool: string, label: string, work: () => Promise<T>): Promise<T> {
      const started = performance.now();
      ctx.emit({ type: "step-started", agent, tool, label });
      const result = await work();
      const done: Step = {
        agent,
        tool,
        ms: Math.round(performance.now() - started),
        by: null,
        summary: label,
      };
      steps.push(done);
      ctx.emit({ type: "step-finished", step: done });
      return result;
    }
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
