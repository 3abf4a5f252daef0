import type { BaseMessage } from "@langchain/core/messages";
import type { RunnableConfig } from "@langchain/core/runnables";
import type { PlanTask } from "../../domain/run/plan.ts";
import type { RunReport } from "../../domain/run/report.ts";
import type { Step } from "../../domain/run/step.ts";
import { toModelError } from "../../models/model-error.ts";
import { sumUsage } from "../../models/usage.ts";
import type { createManager } from "./agent.ts";
import type { References } from "./state.ts";

export interface ManagerAnswer {
  /** The whole conversation; a summary may stand in for its older part. */
  readonly messages: BaseMessage[];
  readonly plan: PlanTask[];
  readonly steps: Step[];
  readonly references: References;
  /** Of the manager's own calls and of its specialists'. */
  readonly usage: Pick<RunReport["usage"], "inputTokens" | "outputTokens">;
}

/**
 * One request through the manager's loop.
 * @throws FinAgentError MODEL_* where its model fails; faults of ours as they are
 */
export async function askManager(
  manager: ReturnType<typeof createManager>,
  conversation: { messages: BaseMessage[]; asOf: number | null; references: References },
  config: RunnableConfig,
): Promise<ManagerAnswer> {
  try {
    const result = await manager.graph.invoke(conversation, config);
    const heard = new Set(conversation.messages);
    const spoken = sumUsage(result.messages.filter((message) => !heard.has(message)));
    return {
      messages: result.messages,
      plan: result.plan,
      steps: result.steps,
      references: result.references,
      usage: {
        inputTokens: result.usage.inputTokens + spoken.inputTokens,
        outputTokens: result.usage.outputTokens + spoken.outputTokens,
      },
    };
  } catch (error) {
    config.signal?.throwIfAborted();
    throw toModelError(error);
  }
}
