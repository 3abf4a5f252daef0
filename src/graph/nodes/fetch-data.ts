import type { LangGraphRunnableConfig } from "@langchain/langgraph";
import { dataAgent } from "../../agents/data/agent.ts";
import { consult } from "../../agents/consult.ts";
import { stretchesOf } from "../../domain/run/stand-ins.ts";
import { mindOf, pipelineContext, type PipelineServices, refuseUnusableModel } from "../pipeline-context.ts";
import type { pipelineState } from "../state.ts";
import { startStep } from "../../tools/start-step.ts";

/** Fetches the window and all history before it. */
export function fetchData(shared: PipelineServices) {
  return async (
    state: typeof pipelineState.State,
    config: LangGraphRunnableConfig,
  ): Promise<typeof pipelineState.Update> => {
    const { ctx, input } = pipelineContext(shared, state, config);
    const finish = startStep(ctx, dataAgent.role, dataAgent.toolName, input.symbols.join(", "));
    const mind = mindOf(shared, input, "data");
    const window = {
      symbols: input.symbols,
      ...(input.from === undefined ? {} : { from: input.from }),
      ...(input.to === undefined ? {} : { to: input.to }),
    };
    const answer = await consult(dataAgent, ctx, window, mind);
    refuseUnusableModel(answer);
    const { report, fallback, usage } = answer;
    await ctx.artifacts.put("data", report);
    const standIns = stretchesOf([{ at: report.asOf, fallback }]);
    const step = finish({
      by: null,
      summary: dataAgent.summarise(report),
      ...(fallback === null ? {} : { fallback: `${fallback.code}: ${fallback.message}`, standIns }),
    });
    return { references: { data: report.dataSetId }, steps: [step], usage };
  };
}
