import { ToolMessage } from "@langchain/core/messages";
import { tool, type ToolRuntime } from "@langchain/core/tools";
import { Command } from "@langchain/langgraph";
import { z } from "zod";
import { FinAgentError } from "../../domain/errors.ts";
import { compactJson } from "../../domain/run/compact-json.ts";
import { planProblems, planTaskSchema, updatePlan, WRITE_PLAN } from "../../domain/run/plan.ts";
import type { RunEvent } from "../../domain/run/event.ts";
import { parseArguments, toolSchema } from "../model-schema.ts";
import { toolStateSchema } from "./state.ts";

const inputSchema = z.object({ tasks: z.array(planTaskSchema).min(1).max(30) });

/** Lets the manager write its plan, and revise it when a task fails or a condition turns out otherwise. */
export const planTool = tool(
  (raw: unknown, runtime: ToolRuntime) => {
    const answer = (content: string, status: "success" | "error"): ToolMessage =>
      new ToolMessage({ content, status, name: WRITE_PLAN, tool_call_id: runtime.toolCallId });
    try {
      const { tasks } = parseArguments(inputSchema, raw);
      const problems = planProblems(tasks);
      if (problems.length > 0) throw new FinAgentError("BAD_ARGUMENT", problems.join(" "));
      const update = { kind: "write" as const, tasks };
      const event: RunEvent = {
        type: "plan",
        plan: updatePlan(toolStateSchema.parse(runtime.state).plan, update),
      };
      runtime.writer?.(event);
      return new Command({ update: { plan: update, messages: [answer("Plan noted.", "success")] } });
    } catch (error) {
      if (!(error instanceof FinAgentError)) throw error;
      return answer(compactJson(error), "error");
    }
  },
  {
    name: WRITE_PLAN,
    description:
      "Write the plan before any other work: tasks with ids, the tool of each, what it depends on, and conditions. Call it again with the whole revised plan when a task fails or a condition turns out otherwise (status skipped, with a note).",
    schema: toolSchema(inputSchema),
  },
);
