import type { z } from "zod";

/** A prompt that comes with FinAgent. */
export interface BasePrompt {
  /** The agent's name, e.g. `alpha`. */
  readonly agent: string;
  readonly version: string;
  /** Prose, in Markdown. */
  readonly instructions: string;
  readonly policySchema: z.ZodType;
  readonly policy: unknown;
}
