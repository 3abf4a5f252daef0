import type { z } from "zod";

/**
 * What an agent is told, and the typed policy that its rules execute. The llm mind reads the instructions
 * with the policy below them; the rules mind executes the policy; the optimizer rewrites both. Code never
 * reads the prose.
 */
export interface AgentPrompt<P> {
  /** The agent's name, e.g. `alpha`. */
  readonly agent: string;
  readonly version: string;
  /** Prose, in Markdown. */
  readonly instructions: string;
  readonly policySchema: z.ZodType<P>;
  readonly policy: P;
}
