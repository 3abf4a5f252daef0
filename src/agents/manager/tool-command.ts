import { ToolMessage } from "@langchain/core/messages";
import type { ToolRuntime } from "@langchain/core/tools";
import { Command } from "@langchain/langgraph";
import type { Step } from "../../domain/run/step.ts";
import type { Usage } from "../../domain/run/usage.ts";
import type { References } from "./state.ts";

export interface ToolResult {
  /** What the model reads. */
  readonly content: string;
  readonly status?: "error";
  readonly references?: References;
  readonly usage?: Usage;
}

/** What a finished call of a tool changes in the manager's state: the conversation, the plan, the steps. */
export function toolCommand(runtime: ToolRuntime, step: Step, result: ToolResult): Command {
  const failed = result.status === "error";
  return new Command({
    update: {
      messages: [
        new ToolMessage({
          content: result.content,
          name: step.tool,
          tool_call_id: runtime.toolCallId,
          ...(failed ? { status: "error" } : {}),
        }),
      ],
      plan: {
        kind: "tool",
        tool: step.tool,
        status: failed ? "failed" : "done",
        ...(failed ? { note: step.summary } : {}),
      },
      steps: [step],
      ...(result.references === undefined ? {} : { references: result.references }),
      ...(result.usage === undefined ? {} : { usage: result.usage }),
    },
  });
}
