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

/** Each prompt's version; where its policy was overridden, with the content hash of the policy in force. */
export function promptVersions(policies: Policies): Record<string, string> {
  const inForce: Readonly<Record<string, unknown>> = policies;
  return Object.fromEntries(
    PROMPTS.map(({ agent, version, policy }) => {
      const [own, used] = [canonicalJson(policy), canonicalJson(inForce[agent] ?? policy)];
      return [agent, own === used ? version : `${version}+${contentHash([used]).slice(0, 8)}`];
    }),
  );
}
