import { z } from "zod";
import { promptVersionSchema } from "../domain/prompt/version.ts";
import { agentNameSchema } from "./prompt-input.ts";
import { defineTool } from "./tool.ts";

const listedSchema = promptVersionSchema.omit({ instructions: true, policy: true, trials: true }).extend({
  trials: z.number().int().describe("How often it was tried: once per optimisation and market"),
});

export const listPromptsTool = defineTool({
  name: "list_prompts",
  description: "List the versions of the agents' prompts, by agent, the oldest first.",
  access: "read",
  input: z.strictObject({ agent: agentNameSchema.optional().describe("Only those of this agent") }),
  output: z.object({ prompts: z.array(listedSchema) }),
  run: async ({ prompts }, { agent }) => {
    const versions = await prompts.list(agent);
    return {
      prompts: versions.map(({ instructions: _told, policy: _by, trials, ...version }) => ({
        ...version,
        trials: trials.length,
      })),
    };
  },
});
