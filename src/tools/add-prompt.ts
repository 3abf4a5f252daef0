import { z } from "zod";
import { withoutPolicySection } from "../domain/prompt/policy-section.ts";
import { promptVersionSchema } from "../domain/prompt/version.ts";
import { loosenedLimits } from "./loosened-limits.ts";
import { agentNameSchema, promptNameSchema, promptReasonSchema } from "./prompt-input.ts";
import { refuseUnknownFactors } from "./refuse-unknown-factors.ts";
import { promptNamed } from "./show-prompt.ts";
import { defineTool } from "./tool.ts";

export const addPromptTool = defineTool({
  name: "add_prompt",
  description: "Add a person's version of an agent's prompt. It is a candidate until it is promoted.",
  access: "propose",
  input: z.strictObject({
    agent: agentNameSchema,
    instructions: z
      .string()
      .min(1)
      .max(100_000)
      .optional()
      .describe("Default: those of the parent, without what they say of its policy where there is another"),
    policy: z.record(z.string(), z.unknown()).optional().describe("Whole; default: that of the parent"),
    parent: promptNameSchema.optional().describe("What it was made from; default: the one in force"),
    reason: promptReasonSchema.describe("What it is for"),
  }),
  output: promptVersionSchema.extend({
    loosened: z.array(z.string()).describe("Limits that are looser than those of the base prompt"),
  }),
  run: async ({ prompts, factors }, { agent, parent, instructions, policy, reason }) => {
    if (policy !== undefined) refuseUnknownFactors(agent, policy, factors);
    const from = await promptNamed(prompts, agent, parent);
    const added = await prompts.add({
      agent,
      parent: from.version,
      author: "person",
      model: null,
      reason,
      // What the parent says of its own policy is not true of another.
      instructions:
        instructions ?? (policy === undefined ? from.instructions : withoutPolicySection(from.instructions)),
      policy: policy ?? from.policy,
    });
    return { ...added, loosened: await loosenedLimits(prompts, added) };
  },
});
