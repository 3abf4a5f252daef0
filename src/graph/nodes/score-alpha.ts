import type { LangGraphRunnableConfig } from "@langchain/langgraph";
import { alphaAgent } from "../../agents/alpha/agent.ts";
import { addUsage } from "../../domain/run/usage.ts";
import { pipelineContext, type PipelineServices } from "../pipeline-context.ts";
import { rollStage } from "../rolling-stage.ts";
import type { pipelineState } from "../state.ts";

/** Asks the alpha agent at every rebalance date. */
export function scoreAlpha(shared: PipelineServices) {
  return async (
    state: typeof pipelineState.State,
    config: LangGraphRunnableConfig,
  ): Promise<typeof pipelineState.Update> => {
    const { artifacts } = pipelineContext(shared, state, config).ctx;
    const { stage, lastId, step, usage } = await rollStage({ specialist: alphaAgent, shared, state, config });
    return {
      rolling: { ...state.rolling, alpha: await artifacts.put("rolling-alpha", stage) },
      references: { ...state.references, alpha: lastId },
      steps: [...state.steps, step],
      usage: addUsage(state.usage, usage),
    };
  };
}
