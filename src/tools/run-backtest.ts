import { z } from "zod";
import { decide } from "../domain/backtest/decide.ts";
import { type BacktestReport, backtestReportSchema } from "../domain/backtest/report.ts";
import { runBacktest } from "../domain/backtest/run.ts";
import { backtestSettingsSchema } from "../domain/backtest/settings.ts";
import { detailSchema, proveSchema } from "../domain/run/backtest-input.ts";
import { constraintsSchema } from "../domain/policy/constraints.ts";
import { targetsOf } from "../domain/policy/rolling.ts";
import { chooseStrategy, strategyChoiceSchema } from "./choose-strategy.ts";
import { runProof } from "./run-proof.ts";
import { defineTool } from "./tool.ts";

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
    detail: detailSchema,
    prove: proveSchema,
  }),
  output: backtestReportSchema,
  run: async (ctx, input) => {
    const dataSet = await ctx.artifacts.get("data-set", input.dataSetId);
    const { panel } = dataSet;
    const { strategy, params } = chooseStrategy(
      ctx,
      dataSet,
      input.strategy ?? { name: "agents", params: {} },
      input.constraints,
    );
    const rolled = "decisions" in strategy ? strategy.decisions(panel, strategy.params.parse(params)) : null;
    const idle = rolled?.filter((decision) => decision.note !== null) ?? [];
    const decisions = rolled === null ? decide(strategy, panel, params) : targetsOf(panel, rolled);
    const common = { dataSet, decisions, settings: input.settings, seed: ctx.seed };
    const proof = input.prove
      ? await runProof(ctx, { ...common, strategy, params, slow: rolled !== null })
      : null;
    return runBacktest({
      ...common,
      strategy: { name: strategy.name, params },
      detail: input.detail,
      ...(proof === null ? {} : { proof }),
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
