import type { LangGraphRunnableConfig } from "@langchain/langgraph";
import { riskAgent } from "../../agents/risk/agent.ts";
import { addUsage } from "../../domain/run/usage.ts";
import { pipelineContext, type PipelineServices } from "../pipeline-context.ts";
import { rollStage } from "../rolling-stage.ts";
import type { pipelineState } from "../state.ts";

/** Asks the risk agent at every rebalance date. */
export function assessRisk(shared: PipelineServices) {
  return async (
    state: typeof pipelineState.State,
    config: LangGraphRunnableConfig,
  ): Promise<typeof pipelineState.Update> => {
    const { artifacts } = pipelineContext(shared, state, config).ctx;
    const { stage, lastId, step, usage } = await rollStage({ specialist: riskAgent, shared, state, config });
    return {
      rolling: { ...state.rolling, risk: await artifacts.put("rolling-risk", stage) },
      references: { ...state.references, risk: lastId },
      steps: [...state.steps, step],
      usage: addUsage(state.usage, usage),
    };
  };
}
