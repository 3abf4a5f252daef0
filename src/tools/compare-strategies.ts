import { compare, type Side } from "../domain/backtest/comparison/compare.ts";
import { decide } from "../domain/backtest/decide.ts";
import { rankRemark } from "../domain/backtest/strategies/rank-remark.ts";
import type { DataSet } from "../domain/market/data-set.ts";
import { type CompareInput, compareInputSchema } from "../domain/run/compare-input.ts";
import { compareReportSchema } from "../domain/run/compare-report.ts";
import { chooseStrategy } from "./choose-strategy.ts";
import { fetchHistory } from "./fetch-history.ts";
import { inTurns } from "./in-turns.ts";
import { startStep } from "./start-step.ts";
import { defineTool, type ToolContext } from "./tool.ts";

export const compareStrategiesTool = defineTool({
  name: "compare_strategies",
  description:
    "Test whether one of two named strategies is better than the other, on the same symbols, days and settings, with an interval, a p-value and what could have been shown.",
  access: "read",
  input: compareInputSchema,
  output: compareReportSchema,
  run: async (ctx, input) => {
    const { data, dataSet } = await fetchHistory(ctx, input);
    const { a, b, settings } = input;
    const tested = startStep(ctx, "compare", "compare", `${a.strategy} and ${b.strategy}`);
    const sides = { a: sideOf(ctx, dataSet, a), b: sideOf(ctx, dataSet, b) };
    const work = compare({
      dataSet,
      ...sides,
      settings,
      seed: ctx.seed,
    });
    const comparison = await inTurns(ctx, work);
    tested({ by: null, summary: comparison.shown ? "a difference is shown" : "no difference is shown" });
    return {
      runId: ctx.identity.runId,
      seed: ctx.seed,
      code: ctx.identity.code,
      data,
      settings,
      ...comparison,
      flags: [
        ...(dataSet.simulated ? ["The prices are simulated and say nothing about any real market."] : []),
        ...[sides.a, sides.b].flatMap(({ name, params }) => rankRemark(name, params, input.symbols.length)),
        "The test knows of these two alone: where parameters were chosen on these days, or others were tried before, the p-value flatters.",
      ],
    };
  },
});

function sideOf(
  ctx: ToolContext,
  dataSet: DataSet,
  { strategy: name, params: given }: CompareInput["a"],
): Side {
  const { strategy, params } = chooseStrategy(ctx, dataSet, { name, params: given });
  return { name: strategy.name, params, decide: (panel) => decide(strategy, panel, params) };
}
