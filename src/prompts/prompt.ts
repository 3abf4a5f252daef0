import type { z } from "zod";
import type { BasePrompt } from "../domain/prompt/base-prompt.ts";

/**
 * What an agent is told, and the typed policy that its rules execute. The llm mind reads the instructions
 * with the policy below them; the rules mind executes the policy; the optimizer rewrites both. Code never
 * reads the prose.
 */
export interface AgentPrompt<P> extends BasePrompt {
  readonly policySchema: z.ZodType<P>;
  readonly policy: P;
}
