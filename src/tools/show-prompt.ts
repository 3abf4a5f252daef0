import { z } from "zod";
import { FinAgentError } from "../domain/errors.ts";
import type { PromptVersions } from "../domain/ports.ts";
import { type PromptVersion, promotionSchema, promptVersionSchema } from "../domain/prompt/version.ts";
import { agentNameSchema, promptNameSchema } from "./prompt-input.ts";
import { defineTool } from "./tool.ts";

export const showPromptTool = defineTool({
  name: "show_prompt",
  description:
    "A version of an agent's prompt: instructions, policy, what came of trying it, and what was in force when.",
  access: "read",
  input: z.strictObject({
    agent: agentNameSchema,
    version: promptNameSchema.optional().describe("Default: the one in force"),
  }),
  output: promptVersionSchema.extend({
    history: z.array(promotionSchema).describe("Of the agent, the oldest first"),
  }),
  run: async ({ prompts }, { agent, version }) => ({
    ...(await promptNamed(prompts, agent, version)),
    history: await prompts.history(agent),
  }),
});

/** @param version by default the one in force @throws FinAgentError UNKNOWN_PROMPT */
export async function promptNamed(
  prompts: PromptVersions,
  agent: string,
  version: string | undefined,
): Promise<PromptVersion> {
  if (version !== undefined) return prompts.show(agent, version);
  const found = (await prompts.list(agent)).find(({ status }) => status === "promoted");
  if (found !== undefined) return found;
  throw new FinAgentError("INTERNAL", `No version of the ${agent} agent's prompt is in force.`);
}
