import { z } from "zod";
import { chosenFactors } from "../domain/alpha/score.ts";
import type { Factor } from "../domain/alpha/factor.ts";
import { FinAgentError } from "../domain/errors.ts";
import { canonicalJson, contentHash } from "../domain/hash.ts";
import { type Policies, policiesSchema } from "../domain/policy/policies.ts";
import type { BasePrompt } from "../domain/prompt/base-prompt.ts";
import type { ToldPrompts } from "../domain/prompt/told-prompt.ts";
import { versionName } from "../domain/prompt/version-name.ts";
import type { RunHeader } from "../domain/run/run-header.ts";
import { alphaPrompt } from "../prompts/alpha.ts";
import { backtestPrompt } from "../prompts/backtest.ts";
import { dataPrompt } from "../prompts/data.ts";
import { managerPrompt } from "../prompts/manager.ts";
import { optimizerPrompt } from "../prompts/optimizer.ts";
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

/** The prompts that come with FinAgent. */
export const BASE_PROMPTS: readonly BasePrompt[] = [
  managerPrompt,
  dataPrompt,
  alphaPrompt,
  riskPrompt,
  portfolioPrompt,
  backtestPrompt,
  optimizerPrompt,
];

/** A field that no policy has is a slip of the pen, not something to pass over. */
const strictSchema = z.object({
  policies: z.strictObject({
    alpha: policiesSchema.shape.alpha.strict(),
    risk: policiesSchema.shape.risk.strict(),
    portfolio: policiesSchema.shape.portfolio.strict(),
  }),
});

const WITH_POLICY = ["alpha", "risk", "portfolio"] as const;

/**
 * The agents' policies with a program's overrides.
 * @param told the versions that the overrides are put over; none: those that come with FinAgent
 * @throws FinAgentError BAD_ARGUMENT that names the field, or the factor that is not registered
 */
export function policiesWith(
  overrides: PolicyOverrides,
  factors: ReadonlyMap<string, Factor>,
  told: ToldPrompts = {},
): Policies {
  const own = (agent: keyof Policies): object => told[agent]?.policy ?? DEFAULT_POLICIES[agent];
  const merged = {
    ...overrides,
    ...Object.fromEntries(WITH_POLICY.map((agent) => [agent, { ...own(agent), ...overrides[agent] }])),
  };
  try {
    return usablePolicies(merged, factors);
  } catch (error) {
    refuseUnusable(told, factors);
    throw error;
  }
}

function usablePolicies(given: unknown, factors: ReadonlyMap<string, Factor>): Policies {
  const { policies } = parseInput(strictSchema, { policies: given });
  chosenFactors(policies.alpha, factors);
  return policies;
}

/** A version that was kept may be of another release, or of a program with factors of its own. */
function refuseUnusable(told: ToldPrompts, factors: ReadonlyMap<string, Factor>): void {
  for (const agent of WITH_POLICY) {
    const prompt = told[agent];
    if (prompt === undefined) continue;
    try {
      usablePolicies({ ...DEFAULT_POLICIES, [agent]: prompt.policy }, factors);
    } catch (error) {
      if (!(error instanceof FinAgentError)) throw error;
      throw new FinAgentError(
        error.code,
        `The version ${prompt.version} of the ${agent} agent's prompt cannot be used here: ${error.message}`,
        {
          hint: `Register what it names, or put the version before it in force: finagent prompts rollback ${agent}`,
          details: { ...error.details, agent, version: prompt.version },
          cause: error,
        },
      );
    }
  }
}

/** By agent, in place of what stands in its prompt. */
export type Instructions = Readonly<Partial<Record<string, string>>>;

/** The instructions of versions that are not those of the prompts, and a program's own over them. */
export function instructionsWith(overrides: Instructions, told: ToldPrompts = {}): Instructions {
  const changed = BASE_PROMPTS.flatMap(({ agent, instructions }) => {
    const { [agent]: prompt } = told;
    return prompt === undefined || prompt.instructions === instructions.trim()
      ? []
      : [[agent, prompt.instructions] as const];
  });
  return { ...Object.fromEntries(changed), ...overrides };
}

/** Version and content hash of what each agent is told. */
export type Prompts = RunHeader["prompts"];

/**
 * What each agent goes by: the version that it is told, or, where a program's own fields changed that, what their sum is
 * called (see `versionName`) and the version that they were put over. The hash is of the instructions and the policy.
 */
export function promptsOf(
  policies: Policies,
  instructions: Instructions = {},
  told: ToldPrompts = {},
): Prompts {
  const inForce: Readonly<Record<string, unknown>> = policies;
  return Object.fromEntries(
    BASE_PROMPTS.map((base) => {
      const { agent } = base;
      const kept = told[agent] ?? base;
      const used = {
        instructions: instructions[agent] ?? kept.instructions,
        policy: inForce[agent] ?? kept.policy,
      };
      // Compared by content: the version may be of a base that FinAgent does not come with any more.
      const same = versionName(base, used) === versionName(base, kept);
      const version = same ? kept.version : versionName(base, used);
      const hash = contentHash([used.instructions, canonicalJson(used.policy)]);
      return [agent, { version, hash, ...(same ? {} : { over: kept.version }) }];
    }),
  );
}
