import { setImmediate as nextTurn } from "node:timers/promises";
import type { DataSet } from "../../domain/market/data-set.ts";
import type { EvaluateOptions } from "../../domain/optimize/evaluation.ts";
import { evaluateSpans } from "../../domain/optimize/evaluate.ts";
import type { FoldPlan } from "../../domain/optimize/folds.ts";
import { metricOf } from "../../domain/optimize/metric-of.ts";
import type { OptimizeMetric } from "../../domain/optimize/metric-names.ts";
import type { Proposal } from "../../domain/optimize/proposal.ts";
import { type PolicySearch, PROBES, proposePolicy } from "../../domain/optimize/search/propose-policy.ts";
import type { Policies } from "../../domain/policy/policies.ts";
import type { DecidingAgent } from "../../domain/prompt/deciding-agents.ts";
import { randomFrom } from "../../domain/random.ts";
import { writeInstructions } from "../../prompts/write-instructions.ts";
import type { ToolContext } from "../../tools/tool.ts";

export interface SearchQuestion<A extends DecidingAgent> {
  readonly agent: A;
  /** Instructions of the version that is rewritten. */
  readonly instructions: string;
  /** Of the team with the version that is rewritten. */
  readonly policies: Policies;
  readonly base: Policies;
  /** Not proposed again, with the metric on the training spans where it is known. */
  readonly tried: PolicySearch<A>["tried"];
  readonly metric: OptimizeMetric;
  readonly dataSet: DataSet;
  readonly plan: FoldPlan;
  readonly options: EvaluateOptions;
  readonly ctx: Pick<ToolContext, "factors" | "signal" | "seed" | "emit">;
}

/**
 * The next policy of the seeded search, with the prose that says what it does; null where the search finds nothing that was
 * not tried. It looks at the training spans alone, and lets others have a turn between two policies.
 */
export async function proposeBySearch<A extends DecidingAgent>(
  question: SearchQuestion<A>,
): Promise<Proposal | null> {
  const { agent, instructions, policies, base, tried, metric, dataSet, plan, options, ctx } = question;
  const training = plan.folds.map(({ train }) => train);
  let probed = 0;
  const found = await proposePolicy({
    agent,
    current: policies[agent],
    base: base[agent],
    metric,
    tried,
    factors: ctx.factors,
    random: randomFrom(ctx.seed).fork("optimizer"),
    probe: async (policy) => {
      await nextTurn();
      ctx.signal.throwIfAborted();
      probed = Math.min(probed + 1, PROBES);
      ctx.emit({ type: "progress", agent: "optimizer", done: probed, total: PROBES });
      const team = { ...policies, [agent]: policy };
      return metricOf(evaluateSpans(dataSet, training, team, options).joined.figures, metric);
    },
  });
  if (found === null) return null;
  const { policy, reasoning } = found;
  return {
    author: "optimizer",
    model: null,
    reasoning,
    instructions: writeInstructions({ agent, instructions, policy, reasoning }),
    policy: { ...policy },
  };
}
