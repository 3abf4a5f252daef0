import { setImmediate as nextTurn } from "node:timers/promises";
import type { LangGraphRunnableConfig } from "@langchain/langgraph";
import { counted } from "../../domain/format.ts";
import type { HoldoutOpening } from "../../domain/prompt/version.ts";
import { FinAgentError } from "../../domain/errors.ts";
import { isoTime } from "../../domain/iso-time.ts";
import { at } from "../../domain/market/column.ts";
import { evaluateSpans } from "../../domain/optimize/evaluate.ts";
import type { Stretch } from "../../domain/optimize/evaluation.ts";
import { describeSpan } from "../../domain/optimize/folds.ts";
import { confirmOnHoldout } from "../../domain/optimize/gate.ts";
import type { OptimizeReport } from "../../domain/optimize/report.ts";
import type { Policies } from "../../domain/policy/policies.ts";
import { periodsPerYear } from "../../domain/risk/annualisation.ts";
import { startStep } from "../../tools/start-step.ts";
import type { ToolContext } from "../../tools/tool.ts";
import { evaluateOptions, type Market } from "../measure-version.ts";
import {
  agentOf,
  laidOut,
  optimizerContext,
  type OptimizerServices,
  versionInForce,
} from "../optimizer-context.ts";
import type { OptimizerState, OptimizerUpdate } from "../optimizer-state.ts";

/** Opens the hold-out for the last version that the gate let through, and promotes it where the hold-out agrees. */
export function promote(shared: OptimizerServices) {
  return async (state: OptimizerState, config: LangGraphRunnableConfig): Promise<OptimizerUpdate> => {
    const { ctx, input } = optimizerContext(shared, state, config);
    const market = await laidOut(ctx, state);
    const span = describeSpan(market.dataSet.panel, market.plan.holdout);
    const { best } = state;
    if (best === null) {
      const openedBefore = await openingsBefore(ctx, state, market);
      const why = state.tried.length === 0 ? "nothing was tried" : "nothing passed the gate";
      const seen =
        openedBefore === 0
          ? "what was not seen can be used again"
          : `but ${counted(openedBefore, "earlier optimisation")} had looked at bars of it`;
      const says = `The hold-out was not opened: ${why}, ${openedBefore === 0 ? "and " : ""}${seen}.`;
      const holdout = { span, ...UNOPENED, openedBefore, says };
      return { holdout, promoted: null };
    }
    const finish = startStep(ctx, "optimizer", "promote", best.version);
    const openedBefore = await open(ctx, state, market);
    const [candidate, baseline] = await Promise.all([
      ctx.artifacts.get("evaluation", best.evaluation),
      ctx.artifacts.get("evaluation", state.baseline),
    ]);
    const over = async (policies: Policies): Promise<Stretch> => {
      await nextTurn();
      ctx.signal.throwIfAborted();
      return evaluateSpans(market.dataSet, [market.plan.holdout], policies, evaluateOptions(ctx, input))
        .joined;
    };
    const [own, held] = [await over(candidate.policies), await over(baseline.policies)];
    const { confirmed, pValue, says } = confirmOnHoldout({
      candidate: own,
      baseline: held,
      openedBefore,
      metric: input.metric,
      periodsPerYear: periodsPerYear(market.dataSet.panel),
      riskFreeRate: input.settings.riskFreeRate,
      seed: ctx.seed,
    });
    const holdout: OptimizeReport["holdout"] = {
      span,
      opened: true,
      openedBefore,
      version: best.version,
      baseline: held.figures,
      candidate: own.figures,
      pValue,
      confirmed,
      says,
    };
    const { promoted, flags } = confirmed
      ? await putInForce(ctx, state, input.dryRun)
      : { promoted: null, flags: [] };
    const step = finish({
      by: null,
      summary: promoted === null ? "nothing promoted" : `promoted ${promoted}`,
    });
    return { holdout, promoted, flags: [...state.flags, ...flags], steps: [...state.steps, step] };
  };
}

const UNOPENED = {
  opened: false,
  version: null,
  baseline: null,
  candidate: null,
  pValue: null,
  confirmed: false,
};

/** Told before it is looked at: whoever looks twice has seen it. Returns how many had looked before. */
async function open(ctx: ToolContext, state: OptimizerState, market: Market): Promise<number> {
  const at = isoTime(ctx.clock.now());
  await ctx.prompts.openHoldout({ ...holdoutOf(ctx, market), agent: agentOf(state), at });
  return openingsBefore(ctx, state, market);
}

async function openingsBefore(ctx: ToolContext, { since }: OptimizerState, market: Market): Promise<number> {
  const openings = await ctx.prompts.holdoutOpenings(holdoutOf(ctx, market));
  return openings.filter((opening) => opening.at <= since).length;
}

function holdoutOf(
  { identity }: ToolContext,
  { dataSet, plan }: Market,
): Omit<HoldoutOpening, "agent" | "at"> {
  const { panel, source } = dataSet;
  const { fromRow, toRow } = plan.holdout;
  return {
    runId: identity.runId,
    symbols: [...panel.symbols],
    source,
    from: at(panel.time, fromRow),
    to: at(panel.closeTime, toRow - 1),
  };
}

async function putInForce(
  ctx: ToolContext,
  state: OptimizerState,
  dryRun: boolean,
): Promise<{ readonly promoted: string | null; readonly flags: readonly string[] }> {
  const agent = agentOf(state);
  const { best } = state;
  if (best === null) return { promoted: null, flags: [] };
  if (dryRun) {
    return {
      promoted: null,
      flags: [
        `A dry run promotes nothing. It would have been ${agent} ${best.version}: "finagent prompts promote ${agent} ${best.version}" puts it in force; a further optimisation on these bars does not try it again.`,
      ],
    };
  }
  const [replaced, known] = [versionInForce(ctx, state), await ctx.prompts.list(agent)];
  // A program's own fields make a version that was never kept.
  const kept = known.some(({ version }) => version === replaced);
  try {
    await ctx.prompts.promote({
      agent,
      version: best.version,
      by: "optimizer",
      reason: `Optimisation ${ctx.identity.runId}: it passed the gate, and the hold-out agrees.`,
      ...(kept ? { replaces: replaced } : {}),
    });
  } catch (error) {
    if (!(error instanceof FinAgentError) || error.code !== "PROMPT_CHANGED") throw error;
    return { promoted: null, flags: [`${best.version} was not promoted: ${error.message}`] };
  }
  const flags = kept
    ? []
    : [
        `This program overrides fields of the ${agent} agent's policy: they stay in force over ${best.version}.`,
      ];
  return { promoted: best.version, flags };
}
