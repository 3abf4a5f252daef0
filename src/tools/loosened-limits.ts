import { limitProblems } from "../domain/optimize/limits.ts";
import { portfolioPolicySchema } from "../domain/policy/portfolio.ts";
import { riskPolicySchema } from "../domain/policy/risk.ts";
import type { PromptVersions } from "../domain/ports.ts";
import type { PromptVersion } from "../domain/prompt/version.ts";

/** Where a version allows more than the base prompt that it is a version of, in a sentence each. */
export async function loosenedLimits(
  prompts: PromptVersions,
  { agent, version, policy }: PromptVersion,
): Promise<string[]> {
  const [root = version] = version.split("+");
  if (agent === "risk") {
    const base = riskPolicySchema.parse((await prompts.show(agent, root)).policy);
    return limitProblems(agent, riskPolicySchema.parse(policy), base);
  }
  if (agent === "portfolio") {
    const base = portfolioPolicySchema.parse((await prompts.show(agent, root)).policy);
    return limitProblems(agent, portfolioPolicySchema.parse(policy), base);
  }
  return [];
}
