import { setImmediate as nextTurn } from "node:timers/promises";
import type { LangGraphRunnableConfig } from "@langchain/langgraph";
import { DEFAULT_POLICIES } from "../../agents/policies.ts";
import { percent } from "../../domain/format.ts";
import { attribute as attributeTo } from "../../domain/optimize/attribute.ts";
import { evaluateSpans } from "../../domain/optimize/evaluate.ts";
import { regimeFigures } from "../../domain/optimize/regime-figures.ts";
import { startStep } from "../../tools/start-step.ts";
import { evaluateOptions } from "../measure-version.ts";
import { laidOut, optimizerContext, type OptimizerServices } from "../optimizer-context.ts";
import type { OptimizerState, OptimizerUpdate } from "../optimizer-state.ts";

/** What each agent adds on the training spans; the one that costs most is worked on, unless another was named. */
export function attribute(shared: OptimizerServices) {
  return async (state: OptimizerState, config: LangGraphRunnableConfig): Promise<OptimizerUpdate> => {
    const { ctx, input } = optimizerContext(shared, state, config);
    const finish = startStep(ctx, "optimizer", "attribute", "alpha, risk, portfolio");
    const [{ dataSet, plan }, { measured }] = await Promise.all([
      laidOut(ctx, state),
      ctx.artifacts.get("evaluation", state.baseline),
    ]);
    const spans = plan.folds.map(({ train }) => train);
    const options = evaluateOptions(ctx, input);
    await nextTurn();
    const team = evaluateSpans(dataSet, spans, ctx.policies, options);
    await nextTurn();
    const attribution = attributeTo(dataSet, spans, ctx.policies, { ...options, base: DEFAULT_POLICIES });
    const [costliest] = attribution;
    if (costliest === undefined) throw new RangeError("nothing to attribute to");
    const agent = input.agent ?? costliest.agent;
    const value = measured.validation[input.metric] ?? -Infinity;
    const adds = (one: (typeof attribution)[number]): string =>
      `${one.agent} ${percent(one.certaintyEquivalent)}`;
    return {
      agent,
      attribution,
      regimes: regimeFigures(dataSet, team, input.settings.riskFreeRate),
      chosenBecause:
        input.agent === undefined
          ? `The ${agent} agent was worked on because it adds least: ${percent(costliest.certaintyEquivalent)} a year in certainty equivalent on the training spans.`
          : `The ${agent} agent was worked on because it was named.`,
      endedBecause: value >= input.target ? "The versions in force reach the target already." : "",
      steps: [...state.steps, finish({ by: null, summary: attribution.map(adds).join(", ") })],
    };
  };
}
