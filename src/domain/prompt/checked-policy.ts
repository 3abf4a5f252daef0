import { z } from "zod";
import { describeIssue } from "../describe-issue.ts";
import { FinAgentError } from "../errors.ts";
import { differences } from "../run/differences.ts";
import type { BasePrompt } from "./base-prompt.ts";

const policySchema = z.record(z.string(), z.unknown());

/**
 * A policy as its agent's schema has it; a field that the schema does not know, however deep, is a slip of the pen.
 * @throws FinAgentError BAD_ARGUMENT that names the first wrong field and lists all of them in its details
 */
export function checkedPolicy(
  { agent, policySchema: schema }: BasePrompt,
  policy: unknown,
): Record<string, unknown> {
  const parsed = schema.safeParse(policy);
  const problems = parsed.success
    ? differences(policy, parsed.data).map(({ field }) => `policy.${field}: there is no such field`)
    : parsed.error.issues.map(
        (issue) => `${["policy", ...issue.path].map(String).join(".")}: ${describeIssue(issue)}`,
      );
  const [first] = problems;
  if (first === undefined) return policySchema.parse(policy);
  throw new FinAgentError("BAD_ARGUMENT", `The policy of ${agent} does not fit: ${first}`, {
    hint: `"finagent prompts show ${agent}" prints one that does.`,
    details: { field: "policy", fields: problems },
  });
}
