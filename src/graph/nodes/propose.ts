import type { LangGraphRunnableConfig } from "@langchain/langgraph";
import { askProposer, type Proposed } from "../../agents/optimizer/ask-proposer.ts";
import { proposeBySearch } from "../../agents/optimizer/propose-by-search.ts";
import { DEFAULT_POLICIES } from "../../agents/policies.ts";
import type { OptimizeInput } from "../../domain/optimize/input.ts";
import { evaluateSpans } from "../../domain/optimize/evaluate.ts";
import { gatherEvidence } from "../../domain/optimize/evidence.ts";
import { policyChanges } from "../../domain/optimize/policy-changes.ts";
import type { Proposal } from "../../domain/optimize/proposal.ts";
import { sayChanges } from "../../domain/optimize/say-changes.ts";
import { invalidTrial } from "../../domain/optimize/invalid-trial.ts";
import { policiesSchema } from "../../domain/policy/policies.ts";
import { addUsage, NO_USAGE } from "../../domain/run/usage.ts";
import { startStep } from "../../tools/start-step.ts";
import type { ToolContext } from "../../tools/tool.ts";
import { evaluateOptions } from "../measure-version.ts";
import {
  agentOf,
  laidOut,
  optimizerContext,
  type OptimizerServices,
  parentOf,
  promptInForce,
  whyEnded,
} from "../optimizer-context.ts";
import type { OptimizerState, OptimizerUpdate } from "../optimizer-state.ts";
import { triedPolicies } from "../tried-policies.ts";

/** Asks the model, or without one a seeded search, for the next candidate. One that is not valid counts as tried. */
export function propose(shared: OptimizerServices) {
  return async (state: OptimizerState, config: LangGraphRunnableConfig): Promise<OptimizerUpdate> => {
    const { ctx, input } = optimizerContext(shared, state, config);
    const number = state.tried.length + 1;
    const finish = startStep(ctx, "optimizer", "propose", `candidate ${number} of ${input.budget}`);
    const { answer, by, usage, from } = await ask(shared, ctx, state, input);
    const common = { usage: addUsage(state.usage, usage) };
    if (typeof answer !== "string") {
      const proposal = await ctx.artifacts.put("proposal", answer);
      const changed = sayChanges(policyChanges(from, answer.policy)).join("; ");
      return { ...common, proposal, steps: [...state.steps, finish({ by, summary: changed })] };
    }
    const steps = [...state.steps, finish({ by, summary: answer })];
    if (by === "rules") return { ...common, endedBecause: answer, steps };
    const trial = await ctx.artifacts.put("trial", invalidTrial(number, parentOf(ctx, state), answer));
    const tried = [
      ...state.tried,
      { number, version: null, verdict: "invalid" as const, trial, problem: answer },
    ];
    return { ...common, tried, endedBecause: whyEnded(input, tried.length, -Infinity), steps };
  };
}

async function ask(
  { mind }: OptimizerServices,
  ctx: ToolContext,
  state: OptimizerState,
  input: OptimizeInput,
): Promise<Proposed & { readonly from: Proposal["policy"] }> {
  const agent = agentOf(state);
  const { best, metric, target, baseline } = state;
  const market = await laidOut(ctx, state);
  const options = evaluateOptions(ctx, input);
  const [tried, proposal, parent] = await Promise.all([
    triedPolicies(ctx, state, input, market),
    best === null ? promptInForce(ctx, agent) : ctx.artifacts.get("proposal", best.proposal),
    ctx.artifacts.get("evaluation", best?.evaluation ?? baseline),
  ]);
  const { instructions, policy } = proposal;
  if (mind.kind === "rules") {
    const found = await proposeBySearch({
      agent,
      instructions,
      policies: parent.policies,
      base: DEFAULT_POLICIES,
      tried: tried.map((one) => ({ ...one, policy: policiesSchema.shape[agent].parse(one.policy) })),
      metric,
      ...market,
      options,
      ctx,
    });
    const none = "The search found no further policy that has a value on the training spans.";
    return { answer: found ?? none, by: "rules", usage: NO_USAGE, from: policy };
  }
  const proposed = await askProposer({
    model: mind.model,
    agent,
    current: { version: parentOf(ctx, state), instructions, policy },
    base: DEFAULT_POLICIES,
    tried: tried.map((one) => one.policy),
    evidence: gatherEvidence({
      agent,
      metric,
      ...market,
      evaluation: evaluateSpans(
        market.dataSet,
        market.plan.folds.map(({ train }) => train),
        parent.policies,
        options,
      ),
      riskFreeRate: input.settings.riskFreeRate,
      attribution: state.attribution,
      trials: await Promise.all(state.tried.map(async ({ trial }) => ctx.artifacts.get("trial", trial))),
    }),
    metric,
    target,
    problems: problemsSince(state),
    ctx,
  });
  return { ...proposed, from: policy };
}

/** Why the proposals after the last one that was tried were not valid. */
function problemsSince({ tried }: OptimizerState): string[] {
  const last = tried.findLastIndex(({ version }) => version !== null);
  return tried.slice(last + 1).flatMap(({ problem }) => problem ?? []);
}
