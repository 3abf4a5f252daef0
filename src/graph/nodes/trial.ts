import type { LangGraphRunnableConfig } from "@langchain/langgraph";
import { METRIC_WORDS } from "../../domain/optimize/metric-words.ts";
import { showMetric } from "../../domain/optimize/show-metric.ts";
import { withPolicy } from "../../domain/policy/with-policy.ts";
import { startStep } from "../../tools/start-step.ts";
import { evaluateOptions, measureVersion } from "../measure-version.ts";
import {
  agentOf,
  laidOut,
  optimizerContext,
  type OptimizerServices,
  parentOf,
} from "../optimizer-context.ts";
import type { OptimizerState, OptimizerUpdate } from "../optimizer-state.ts";

/** Keeps the proposal as a version of the prompt, and measures the team with it. */
export function trial(shared: OptimizerServices) {
  return async (state: OptimizerState, config: LangGraphRunnableConfig): Promise<OptimizerUpdate> => {
    const { ctx, input } = optimizerContext(shared, state, config);
    const { artifacts, prompts } = ctx;
    const agent = agentOf(state);
    const [proposal, { policies }, market] = await Promise.all([
      artifacts.get("proposal", state.proposal ?? ""),
      artifacts.get("evaluation", state.baseline),
      laidOut(ctx, state),
    ]);
    const { author, model, reasoning, instructions, policy } = proposal;
    const parent = parentOf(ctx, state);
    // A program's own fields make a version that was never kept.
    const kept = (await prompts.list(agent)).some(({ version: one }) => one === parent);
    const { version } = await prompts.add({
      agent,
      parent: kept ? parent : null,
      author,
      model,
      reason: reasoning,
      instructions,
      policy: { ...policy },
    });
    const finish = startStep(
      ctx,
      "optimizer",
      "trial",
      `candidate ${state.tried.length + 1}: ${agent} ${version}`,
    );
    const team = withPolicy(policies, agent, policy);
    const measured = await measureVersion(ctx, market, team, evaluateOptions(ctx, input));
    const { train, validation } = measured.measured;
    const summary = `${METRIC_WORDS[input.metric]} ${showMetric(input.metric, train[input.metric])} on training, ${showMetric(input.metric, validation[input.metric])} on validation`;
    return {
      proposal: null,
      candidate: {
        version,
        proposal: state.proposal ?? "",
        evaluation: await artifacts.put("evaluation", measured),
      },
      steps: [...state.steps, finish({ by: null, summary })],
    };
  };
}
