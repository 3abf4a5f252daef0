import type { LangGraphRunnableConfig } from "@langchain/langgraph";
import { backtestAgent } from "../../agents/backtest/agent.ts";
import { runBacktest as simulateTargets } from "../../domain/backtest/run.ts";
import { barTime, counted } from "../../domain/format.ts";
import { isoTime } from "../../domain/iso-time.ts";
import { modelPart } from "../../domain/policy/model-part.ts";
import { targetsOf } from "../../domain/policy/rolling.ts";
import { figuresRemark } from "../../domain/run/provenance-words.ts";
import { countDecisionsOf, provenanceOf } from "../../domain/run/run-provenance.ts";
import { pipelineContext, type PipelineServices } from "../pipeline-context.ts";
import type { pipelineState } from "../state.ts";
import { startStep } from "../../tools/start-step.ts";

/**
 * Trades the decisions of all rebalance dates through the engine; of a partial run those that the model made alone, up to the
 * close at which rules first stood in. Where it made none before, nothing is traded: there are no figures.
 */
export function runBacktest(shared: PipelineServices) {
  return async (
    state: typeof pipelineState.State,
    config: LangGraphRunnableConfig,
  ): Promise<typeof pipelineState.Update> => {
    const { ctx, input } = pipelineContext(shared, state, config);
    const [dataSet, { decisions }] = await Promise.all([
      ctx.artifacts.get("data-set", state.references.data ?? ""),
      ctx.artifacts.get("rolling-decisions", state.rolling.portfolio ?? ""),
    ]);
    const { steps } = state;
    const provenance = provenanceOf(steps, ctx.minModelShare);
    const part = provenance.result === "partial" ? modelPart(dataSet, decisions) : { dataSet, decisions };
    const label = `${part?.decisions.length ?? 0} decisions`;
    const finish = startStep(ctx, "backtest", backtestAgent.toolName, label);
    if (part === null) {
      const summary = "no figures: rules stood in for the model from its first decision on";
      return { steps: [...steps, finish({ by: null, summary })] };
    }
    const idle = part.decisions.filter((decision) => decision.note !== null);
    const report = simulateTargets({
      dataSet: part.dataSet,
      strategy: { name: "agents", params: { rebalanceBars: ctx.policies.portfolio.rebalanceBars } },
      decisions: targetsOf(dataSet.panel, part.decisions),
      settings: input.settings,
      detail: input.detail,
      seed: ctx.seed,
      flags: [
        ...figuresRemark(
          { provenance, decisions: countDecisionsOf(steps) },
          {
            dates: decisions.filter(({ standIns }) => standIns !== undefined).length,
            to: barTime(isoTime(part.dataSet.to), dataSet.panel.interval),
          },
        ),
        ...(idle.length === 0
          ? []
          : [`${counted(idle.length, "decision")} held cash: ${idle[0]?.note ?? ""}`]),
      ],
    });
    const step = finish({ by: null, summary: backtestAgent.summarise(report) });
    return {
      references: { ...state.references, backtest: await ctx.artifacts.put("backtest", report) },
      steps: [...steps, step],
    };
  };
}
