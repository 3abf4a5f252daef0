import type { LangGraphRunnableConfig } from "@langchain/langgraph";
import { backtestAgent } from "../../agents/backtest/agent.ts";
import { runBacktest as simulateTargets } from "../../domain/backtest/run.ts";
import { counted } from "../../domain/format.ts";
import { targetsOf } from "../../domain/policy/rolling.ts";
import { pipelineContext, type PipelineServices } from "../pipeline-context.ts";
import type { pipelineState } from "../state.ts";
import { startStep } from "../../tools/start-step.ts";

/** Trades the decisions of all rebalance dates through the engine. */
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
    const finish = startStep(ctx, "backtest", backtestAgent.toolName, `${decisions.length} decisions`);
    const idle = decisions.filter((decision) => decision.note !== null);
    const report = simulateTargets({
      dataSet,
      strategy: { name: "agents", params: { rebalanceBars: ctx.policies.portfolio.rebalanceBars } },
      decisions: targetsOf(dataSet.panel, decisions),
      settings: input.settings,
      detail: input.detail,
      seed: ctx.seed,
      flags:
        idle.length === 0 ? [] : [`${counted(idle.length, "decision")} held cash: ${idle[0]?.note ?? ""}`],
    });
    const step = finish({ by: null, summary: backtestAgent.summarise(report) });
    return {
      references: { ...state.references, backtest: await ctx.artifacts.put("backtest", report) },
      steps: [...state.steps, step],
    };
  };
}
