import type { LangGraphRunnableConfig } from "@langchain/langgraph";
import { identify, threadOf } from "../agents/identity.ts";
import type { Mind } from "../agents/consult.ts";
import type { Services } from "../agents/manager/specialist-tool.ts";
import { BASE_PROMPTS } from "../agents/policies.ts";
import { FinAgentError } from "../domain/errors.ts";
import { counted } from "../domain/format.ts";
import { endOfDay } from "../domain/market/end-of-day.ts";
import type { DataSet } from "../domain/market/data-set.ts";
import { type FoldPlan, layFolds, usualFolds } from "../domain/optimize/folds.ts";
import { type OptimizeInput, optimizeInputSchema } from "../domain/optimize/input.ts";
import type { Proposal } from "../domain/optimize/proposal.ts";
import type { DecidingAgent } from "../domain/prompt/deciding-agents.ts";
import type { RunEvent } from "../domain/run/event.ts";
import { parseInput, type ToolContext } from "../tools/tool.ts";
import type { OptimizerState } from "./optimizer-state.ts";

/** What the optimizer's nodes share; injected when the graph is built. */
export interface OptimizerServices {
  readonly services: Services;
  /** Who proposes: a model, or the seeded search over the policy. */
  readonly mind: Mind;
}

export function optimizerContext(
  { services }: OptimizerServices,
  state: unknown,
  config: LangGraphRunnableConfig,
): { readonly ctx: ToolContext; readonly input: OptimizeInput } {
  const input = parseInput(optimizeInputSchema.strip(), state);
  const ctx: ToolContext = {
    ...services,
    identity: identify(services.identity, config.configurable),
    artifacts: services.artifactsOf(threadOf(config.configurable)),
    asOf: input.asOf === undefined ? null : endOfDay(input.asOf),
    signal: config.signal ?? new AbortController().signal,
    emit: (event: RunEvent) => config.writer?.(event),
  };
  return { ctx, input };
}

/** The data set and its spans; the same for every node of a run. */
export async function laidOut(
  ctx: ToolContext,
  { dataSet: id, folds }: Pick<OptimizerState, "dataSet" | "folds">,
): Promise<{ readonly dataSet: DataSet; readonly plan: FoldPlan }> {
  const dataSet = await ctx.artifacts.get("data-set", id);
  // A position lasts about as long as from one rebalance date to the next.
  const embargoBars = ctx.policies.portfolio.rebalanceBars;
  const plan = layFolds(dataSet, { folds: folds ?? usualFolds(dataSet, embargoBars), embargoBars });
  return { dataSet, plan };
}

/** @throws FinAgentError INTERNAL before the attribution has chosen */
export function agentOf({ agent }: Pick<OptimizerState, "agent">): DecidingAgent {
  if (agent !== undefined) return agent;
  throw new FinAgentError("INTERNAL", "No agent was chosen before a candidate was proposed.");
}

/** The version that the next candidate is a rewrite of. */
export function parentOf(ctx: ToolContext, state: OptimizerState): string {
  return state.best?.version ?? versionInForce(ctx, state);
}

/** The agent's version that every figure of the baseline is of. */
export function versionInForce(ctx: ToolContext, state: OptimizerState): string {
  const agent = agentOf(state);
  const version = ctx.identity.prompts[agent];
  if (version !== undefined) return version;
  throw new FinAgentError("INTERNAL", `The run does not say which prompt of ${agent} is in force.`);
}

/** What the agent is told by its version in force, and decides by. */
export function promptInForce(
  { instructions, policies }: ToolContext,
  agent: DecidingAgent,
): Pick<Proposal, "instructions" | "policy"> {
  const base = BASE_PROMPTS.find((prompt) => prompt.agent === agent)?.instructions ?? "";
  return { instructions: (instructions?.[agent] ?? base).trim(), policy: policies[agent] };
}

/**
 * Why no further candidate is tried; empty where one is.
 * @param reached the metric on the validation spans of a version that the gate let through
 */
export function whyEnded({ target, budget }: OptimizeInput, tried: number, reached: number): string {
  if (reached >= target) return "The target was reached on the validation spans.";
  return tried >= budget ? `The budget of ${counted(budget, "candidate")} is spent.` : "";
}
