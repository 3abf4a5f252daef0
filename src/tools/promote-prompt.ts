import { z } from "zod";
import { loosenedLimits } from "./loosened-limits.ts";
import { agentNameSchema, promptNameSchema, promptReasonSchema } from "./prompt-input.ts";
import { refuseUnknownFactors } from "./refuse-unknown-factors.ts";
import { promptNamed } from "./show-prompt.ts";
import { defineTool } from "./tool.ts";

/** What became of a person's change of what is in force. */
export const promotedSchema = z.object({
  agent: z.string(),
  version: z.string().describe("In force now"),
  replaced: z.string().nullable().describe("In force before; null: it was in force already"),
  live: z.string().describe("The version for real money: the last one in force that a person has approved"),
  loosened: z.array(z.string()).describe("Limits that are looser than those of the base prompt"),
});

export const promotePromptTool = defineTool({
  name: "promote_prompt",
  description: "Put a version of an agent's prompt in force, by a person's decision.",
  access: "propose",
  input: z.strictObject({
    agent: agentNameSchema,
    version: promptNameSchema,
    reason: promptReasonSchema.default("A person's decision"),
    live: z.boolean().default(false).describe("Approve it for real money, too"),
    by: z.string().min(1).max(100).default("person").describe("Who approves it"),
  }),
  output: promotedSchema,
  run: async ({ prompts, factors }, { agent, version: name, reason, live, by }) => {
    const wanted = await prompts.show(agent, name);
    refuseUnknownFactors(agent, wanted.policy, factors);
    const { version } = wanted;
    const { version: before } = await promptNamed(prompts, agent, undefined);
    await prompts.promote({ agent, version, by: "person", reason, replaces: before });
    if (live) await prompts.approveLive(agent, version, by);
    return {
      agent,
      version,
      replaced: before === version ? null : before,
      live: (await prompts.inForce("live"))[agent]?.version ?? before,
      loosened: await loosenedLimits(prompts, wanted),
    };
  },
});
