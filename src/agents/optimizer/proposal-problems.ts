import type { Factor } from "../../domain/alpha/factor.ts";
import { chosenFactors } from "../../domain/alpha/score.ts";
import { FinAgentError } from "../../domain/errors.ts";
import { canonicalJson } from "../../domain/hash.ts";
import type { Evidence } from "../../domain/optimize/evidence.ts";
import { limitProblems } from "../../domain/optimize/limits.ts";
import { type Policies, policiesSchema } from "../../domain/policy/policies.ts";
import type { DecidingAgent } from "../../domain/prompt/deciding-agents.ts";
import { differences } from "../../domain/run/differences.ts";
import { unverifiedFigures } from "../../domain/run/grounding.ts";
import type { ModelProposal } from "./proposal.ts";
import { proseProblems } from "./prose-problems.ts";

/** What a proposal is held against. */
export interface ProposalChecks {
  readonly agent: DecidingAgent;
  /** What is rewritten. */
  readonly current: { readonly instructions: string; readonly policy: unknown };
  /** Of the base prompts, whose limits hold. */
  readonly base: Policies;
  /** Policies that are not tried again. */
  readonly tried: readonly unknown[];
  readonly evidence: Evidence;
  /** Beside the built-in factors. */
  readonly factors: ReadonlyMap<string, Factor>;
}

/** Why a proposal that fits the schema is not tried, in a sentence each. */
export function proposalProblems(proposal: ModelProposal, given: unknown, checks: ProposalChecks): string[] {
  const { agent, current, base, tried, evidence } = checks;
  const { policy, instructions, reasoning } = proposal;
  const unknownField = differences(given, policy).find(({ b }) => b === undefined);
  const same = (one: unknown): boolean => canonicalJson(one) === canonicalJson(policy);
  const figures = unverifiedFigures(reasoning, [evidence, policy, current.policy, base[agent]]);
  return [
    ...(unknownField === undefined ? [] : [`policy.${unknownField.field}: there is no such field`]),
    ...factorProblems(agent, policy, checks.factors),
    ...limitsOf(agent, policy, base).map((problem) => `policy: ${problem}`),
    ...(same(current.policy) ? ["policy: it is that of the version to be rewritten"] : []),
    ...(tried.some(same) ? ["policy: it was tried already"] : []),
    ...proseProblems(instructions, current.instructions, evidence.symbols),
    ...figures.map(
      (figure) => `reasoning: the figure ${figure} stands neither in the evidence nor in a policy`,
    ),
  ];
}

function factorProblems(
  agent: DecidingAgent,
  policy: unknown,
  factors: ReadonlyMap<string, Factor>,
): string[] {
  if (agent !== "alpha") return [];
  try {
    chosenFactors(policiesSchema.shape.alpha.parse(policy), factors);
    return [];
  } catch (error) {
    if (error instanceof FinAgentError) return [`policy: ${error.message} ${error.hint ?? ""}`];
    throw error;
  }
}

function limitsOf(agent: DecidingAgent, policy: unknown, base: Policies): string[] {
  const { risk, portfolio } = policiesSchema.shape;
  switch (agent) {
    case "alpha":
      return [];
    case "risk":
      return limitProblems(agent, risk.parse(policy), base.risk);
    case "portfolio":
      return limitProblems(agent, portfolio.parse(policy), base.portfolio);
  }
}
