import { ToolMessage } from "@langchain/core/messages";
import { tool, type ToolRuntime } from "@langchain/core/tools";
import { Command } from "@langchain/langgraph";
import { z } from "zod";
import { planProblems, planTaskSchema, updatePlan } from "../../domain/run/plan.ts";
import type { RunEvent } from "../../domain/run/event.ts";
import { toolStateSchema } from "./state.ts";

export const WRITE_PLAN = "write_plan";

const inputSchema = z.object({
  tasks: z
    .array(planTaskSchema.partial({ status: true, dependsOn: true }))
    .min(1)
    .max(30),
});

/** Lets the manager write its plan, and revise it when a task fails or a condition turns out otherwise. */
export const planTool = tool(
  (input: z.output<typeof inputSchema>, runtime: ToolRuntime) => {
    const tasks = z.array(planTaskSchema).parse(input.tasks);
    const problems = planProblems(tasks);
    if (problems.length > 0) {
      return new ToolMessage({
        content: JSON.stringify({ code: "BAD_ARGUMENT", message: problems.join(" ") }),
        name: WRITE_PLAN,
        status: "error",
        tool_call_id: runtime.toolCallId,
      });
    }
    const update = { kind: "write" as const, tasks };
    const { plan } = toolStateSchema.parse(runtime.state);
    const event: RunEvent = { type: "plan", plan: updatePlan(plan, update) };
    runtime.writer?.(event);
    return new Command({
      update: {
        plan: update,
        messages: [
          new ToolMessage({ content: "Plan noted.", name: WRITE_PLAN, tool_call_id: runtime.toolCallId }),
        ],
      },
    });
  },
  {
    name: WRITE_PLAN,
    description:
      "Write the plan before any other work: tasks with ids, the tool of each, what it depends on, and conditions. Call it again with the whole revised plan when a task fails or a condition turns out otherwise (status skipped, with a note).",
    schema: inputSchema,
  },
);
