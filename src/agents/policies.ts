import { z } from "zod";
import { chosenFactors } from "../domain/alpha/score.ts";
import type { Factor } from "../domain/alpha/factor.ts";
import { canonicalJson, contentHash } from "../domain/hash.ts";
import { type Policies, policiesSchema } from "../domain/policy/policies.ts";
import { alphaPrompt } from "../prompts/alpha.ts";
import { backtestPrompt } from "../prompts/backtest.ts";
import { dataPrompt } from "../prompts/data.ts";
import { managerPrompt } from "../prompts/manager.ts";
import { portfolioPrompt } from "../prompts/portfolio.ts";
import { riskPrompt } from "../prompts/risk.ts";
import { parseInput } from "../tools/tool.ts";

/** The policies that stand in the agents' prompts. */
export const DEFAULT_POLICIES: Policies = {
  alpha: alphaPrompt.policy,
  risk: riskPrompt.policy,
  portfolio: portfolioPrompt.policy,
};

/** Fields in place of those of the agents' own policies. */
export type PolicyOverrides = { readonly [A in keyof Policies]?: Partial<Policies[A]> };

const PROMPTS = [managerPrompt, dataPrompt, alphaPrompt, riskPrompt, portfolioPrompt, backtestPrompt];

/** A field that no policy has is a slip of the pen, not something to pass over. */
const strictSchema = z.object({
  policies: z.strictObject({
    alpha: policiesSchema.shape.alpha.strict(),
    risk: policiesSchema.shape.risk.strict(),
    portfolio: policiesSchema.shape.portfolio.strict(),
  }),
});

/**
 * The agents' policies with a program's overrides.
 * @throws FinAgentError BAD_ARGUMENT that names the field, or the factor that is not registered
 */
export function policiesWith(overrides: PolicyOverrides, factors: ReadonlyMap<string, Factor>): Policies {
  const { policies } = parseInput(strictSchema, {
    policies: {
      ...overrides,
      alpha: { ...DEFAULT_POLICIES.alpha, ...overrides.alpha },
      risk: { ...DEFAULT_POLICIES.risk, ...overrides.risk },
      portfolio: { ...DEFAULT_POLICIES.portfolio, ...overrides.portfolio },
    },
  });
  chosenFactors(policies.alpha, factors);
  return policies;
}

/** By agent, in place of what stands in its prompt. */
export type Instructions = Readonly<Partial<Record<string, string>>>;

/** Version and content hash of what each agent is told. */
export type Prompts = Record<string, { version: string; hash: string }>;

/**
 * Each prompt's version; where its policy or its instructions were overridden, with the content hash of those in force.
 */
export function promptVersions(policies: Policies, instructions: Instructions = {}): Record<string, string> {
  const inForce: Readonly<Record<string, unknown>> = policies;
  return Object.fromEntries(
    PROMPTS.map(({ agent, version, policy }) => {
      const [own, used] = [canonicalJson(policy), canonicalJson(inForce[agent] ?? policy)];
      const told = instructions[agent];
      const changed = [...(own === used ? [] : [used]), ...(told === undefined ? [] : [told])];
      return [agent, changed.length === 0 ? version : `${version}+${contentHash(changed).slice(0, 8)}`];
    }),
  );
}

/** Each prompt's version, with the content hash of all that its agent is told: the instructions and the policy in force. */
export function promptsOf(policies: Policies, told: Instructions = {}): Prompts {
  const inForce: Readonly<Record<string, unknown>> = policies;
  const versions = promptVersions(policies, told);
  return Object.fromEntries(
    PROMPTS.map(({ agent, version, instructions, policy }) => [
      agent,
      {
        version: versions[agent] ?? version,
        hash: contentHash([told[agent] ?? instructions, canonicalJson(inForce[agent] ?? policy)]),
      },
    ]),
  );
}
