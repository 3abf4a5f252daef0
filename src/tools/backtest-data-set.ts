import { z } from "zod";
import { decide } from "../domain/backtest/decide.ts";
import type { BacktestReport } from "../domain/backtest/report.ts";
import { runBacktest } from "../domain/backtest/run.ts";
import { rankRemark } from "../domain/backtest/strategies/rank-remark.ts";
import { backtestSettingsSchema } from "../domain/backtest/settings.ts";
import { counted } from "../domain/format.ts";
import { constraintsSchema } from "../domain/policy/constraints.ts";
import { targetsOf } from "../domain/policy/rolling.ts";
import { detailSchema, proveSchema } from "../domain/run/backtest-input.ts";
import type { Provenance } from "../domain/run/provenance.ts";
import { chooseStrategy, strategyChoiceSchema } from "./choose-strategy.ts";
import { runProof } from "./run-proof.ts";
import type { ToolContext } from "./tool.ts";

export const dataSetBacktestSchema = z.object({
  dataSetId: z.string(),
  strategy: strategyChoiceSchema.optional(),
  constraints: constraintsSchema.default({}),
  settings: backtestSettingsSchema.prefault({}),
  detail: detailSchema,
  prove: proveSchema,
});

export interface DataSetBacktest {
  readonly report: BacktestReport;
  /** Who made each decision of an agent behind it: their rules; none where a named strategy decides. */
  readonly decisions: readonly Provenance[];
}

/** Backtests a strategy, or without one the agents' policies, over the window of a data set. */
export async function backtestDataSet(
  ctx: ToolContext,
  input: z.output<typeof dataSetBacktestSchema>,
): Promise<DataSetBacktest> {
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
  const report = runBacktest({
    ...common,
    strategy: { name: strategy.name, params },
    detail: input.detail,
    ...(proof === null ? {} : { proof }),
    flags: [
      ...rankRemark(strategy.name, params, panel.symbols.length),
      ...(idle.length === 0 ? [] : [`${counted(idle.length, "decision")} held cash: ${idle[0]?.note ?? ""}`]),
    ],
  });
  const made = rolled?.flatMap(({ agents }) => Array.from({ length: agents }, () => "rules" as const)) ?? [];
  return { report, decisions: made };
}
