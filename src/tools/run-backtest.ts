import { z } from "zod";
import { type BacktestReport, backtestReportSchema } from "../domain/backtest/report.ts";
import { runBacktest } from "../domain/backtest/run.ts";
import { backtestSettingsSchema } from "../domain/backtest/settings.ts";
import { findStrategy, parseParams } from "../domain/backtest/strategies/strategies.ts";
import { constraintsSchema } from "../domain/policy/constraints.ts";
import { rollPolicies, targetsOf } from "../domain/policy/rolling.ts";
import { defineTool } from "./tool.ts";

export const strategyChoiceSchema = z.object({
  name: z.string().min(1).describe("A named strategy, e.g. sma-cross, buy-and-hold, equal-weight"),
  params: z.record(z.string(), z.union([z.number(), z.string(), z.boolean()])).default({}),
});

export const runBacktestTool = defineTool({
  name: "backtest_on_data_set",
  description:
    "Backtest over the window of a data set: a named strategy, or, where none is named, the agents' own policies deciding anew at every rebalance date from what was known then.",
  access: "read",
  input: z.object({
    dataSetId: z.string(),
    strategy: strategyChoiceSchema.optional(),
    constraints: constraintsSchema.default({}),
    settings: backtestSettingsSchema.prefault({}),
  }),
  output: backtestReportSchema,
  run: async (ctx, input) => {
    const dataSet = await ctx.artifacts.get("data-set", input.dataSetId);
    const common = { dataSet, settings: input.settings, seed: ctx.seed };
    if (input.strategy !== undefined) {
      const strategy = findStrategy(input.strategy.name);
      const params = parseParams(strategy, input.strategy.params);
      return runBacktest({
        ...common,
        strategy: { name: strategy.name, params },
        targets: strategy.targets(dataSet.panel, params),
      });
    }
    const decisions = rollPolicies(dataSet, {
      policies: ctx.policies,
      constraints: input.constraints,
      factors: ctx.factors,
    });
    const idle = decisions.filter((decision) => decision.note !== null);
    return runBacktest({
      ...common,
      strategy: { name: "agents", params: { rebalanceBars: ctx.policies.portfolio.rebalanceBars } },
      targets: targetsOf(dataSet.panel, decisions),
      flags: idle.length === 0 ? [] : [`${idle.length} decisions held cash: ${idle[0]?.note ?? ""}`],
    });
  },
});

/** One line on how it went. */
export function summariseBacktest(report: BacktestReport): string {
  const { totalReturn, trades } = report.metrics;
  const gain = totalReturn === null ? "no return" : `${(100 * totalReturn).toFixed(1)}%`;
  return `${report.strategy}: ${gain}, ${trades} ${trades === 1 ? "trade" : "trades"}, ${report.verdict.conclusion}`;
}
