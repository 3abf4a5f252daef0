import { z } from "zod";
import { policyChanges } from "../domain/optimize/policy-changes.ts";
import { proseDiff } from "../domain/optimize/prose-diff.ts";
import { agentNameSchema, promptNameSchema } from "./prompt-input.ts";
import { promptNamed } from "./show-prompt.ts";
import { defineTool } from "./tool.ts";

export const diffPromptsTool = defineTool({
  name: "diff_prompts",
  description:
    "What differs between two versions of an agent's prompt: the policy by field, the instructions by line.",
  access: "read",
  input: z.strictObject({
    agent: agentNameSchema,
    a: promptNameSchema,
    b: promptNameSchema.optional().describe("Default: the one in force"),
  }),
  output: z.object({
    agent: z.string(),
    a: z.string(),
    b: z.string(),
    policy: z.array(z.object({ field: z.string(), from: z.unknown(), to: z.unknown() })),
    prose: z.string().describe("A unified diff; empty where the instructions are the same"),
  }),
  run: async ({ prompts }, { agent, a, b }) => {
    const [from, to] = [await prompts.show(agent, a), await promptNamed(prompts, agent, b)];
    return {
      agent,
      a: from.version,
      b: to.version,
      policy: policyChanges(from.policy, to.policy),
      prose: proseDiff(from, to),
    };
  },
});
