import type { OptimizeInput } from "../domain/optimize/input.ts";
import type { ToolContext } from "../tools/tool.ts";
import { earlierTrials } from "./earlier-trials.ts";
import { marketHash } from "./market-hash.ts";
import type { Market } from "./measure-version.ts";
import { agentOf } from "./optimizer-context.ts";
import type { OptimizerState } from "./optimizer-state.ts";

export interface TriedPolicy {
  readonly policy: Readonly<Record<string, unknown>>;
  /** The metric on the training spans; null where it is not known. */
  readonly score: number | null;
}

/** Policies that this optimisation has tried, and before them those that others tried for the same metric on the same market. */
export async function triedPolicies(
  ctx: ToolContext,
  state: OptimizerState,
  input: OptimizeInput,
  market: Market,
): Promise<TriedPolicy[]> {
  const agent = agentOf(state);
  const hash = marketHash(ctx, market, input, agent);
  const earlier = (await earlierTrials(ctx, agent, state.since)).filter(
    (one) => one.market === hash && one.metric === input.metric,
  );
  const [before, own] = await Promise.all([
    Promise.all(earlier.map(async ({ version }) => ctx.prompts.show(agent, version))),
    Promise.all(state.tried.map(async ({ trial }) => ctx.artifacts.get("trial", trial))),
  ]);
  return [
    ...before.map(({ policy }) => ({ policy, score: null })),
    ...own.flatMap(({ policy, metrics }) =>
      policy === null ? [] : [{ policy, score: metrics?.train[input.metric] ?? null }],
    ),
  ];
}
