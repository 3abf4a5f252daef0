import type { Policies } from "../domain/policy/policies.ts";
import { POLICY_HEADING, POLICY_SECTION } from "../domain/prompt/policy-section.ts";
import type { DecidingAgent } from "../domain/prompt/deciding-agents.ts";
import { alphaInWords } from "./alpha-in-words.ts";
import { portfolioInWords } from "./portfolio-in-words.ts";
import { riskInWords } from "./risk-in-words.ts";

const IN_WORDS: { readonly [A in DecidingAgent]: (policy: Policies[A]) => string[] } = {
  alpha: alphaInWords,
  risk: riskInWords,
  portfolio: portfolioInWords,
};

/**
 * Instructions with a section that says in words what the policy does, and why it was chosen; it takes the place of the one
 * that is there, or stands at the end. Its figures are those of the policy and of the reason.
 */
export function writeInstructions<A extends DecidingAgent>(of: {
  readonly agent: A;
  /** Of the version that is rewritten. */
  readonly instructions: string;
  readonly policy: Policies[A];
  readonly reasoning: string;
}): string {
  const section = [POLICY_HEADING, "", ...IN_WORDS[of.agent](of.policy), "", `Why: ${of.reasoning}`].join(
    "\n",
  );
  const kept = of.instructions.trim();
  if (!POLICY_SECTION.test(kept)) return `${kept}\n\n${section}`;
  // A function, since $ has a meaning in a replacement's text.
  return kept.replace(POLICY_SECTION, () => `${section}\n\n`).trim();
}
