import { z } from "zod";
import { policiesSchema } from "../../domain/policy/policies.ts";
import type { DecidingAgent } from "../../domain/prompt/deciding-agents.ts";

/** Longest instructions; those of the base prompts have about 3,000 characters. */
export const MOST_CHARACTERS = 20_000;

/** What a model hands in: the whole of an agent's new prompt. */
export function proposalSchema(agent: DecidingAgent) {
  return z.strictObject({
    instructions: z
      .string()
      .trim()
      .min(1)
      .max(MOST_CHARACTERS)
      .describe("The whole new instructions of the agent, in Markdown"),
    policy: policiesSchema.shape[agent].describe("The whole new policy"),
    reasoning: z
      .string()
      .trim()
      .min(1)
      .max(4000)
      .describe("Which evidence led to the change, what it should bring, what would speak against it"),
  });
}

export type ModelProposal = z.output<ReturnType<typeof proposalSchema>>;
