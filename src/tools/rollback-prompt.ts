import { z } from "zod";
import { loosenedLimits } from "./loosened-limits.ts";
import { promotedSchema } from "./promote-prompt.ts";
import { agentNameSchema, promptReasonSchema } from "./prompt-input.ts";
import { promptNamed } from "./show-prompt.ts";
import { defineTool } from "./tool.ts";

export const rollbackPromptTool = defineTool({
  name: "rollback_prompt",
  description: "Undo the last promotion of an agent's prompt: what it replaced is in force again.",
  access: "propose",
  input: z.strictObject({
    agent: agentNameSchema,
    reason: promptReasonSchema.default("A person's decision"),
  }),
  output: promotedSchema,
  run: async ({ prompts }, { agent, reason }) => {
    const { version: replaced } = await promptNamed(prompts, agent, undefined);
    const restored = await prompts.rollback(agent, reason);
    return {
      agent,
      version: restored.version,
      replaced,
      live: (await prompts.inForce("live"))[agent]?.version ?? restored.version,
      loosened: await loosenedLimits(prompts, restored),
    };
  },
});
