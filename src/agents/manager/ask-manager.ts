import type { BaseMessage } from "@langchain/core/messages";
import type { RunnableConfig } from "@langchain/core/runnables";
import { FinAgentError } from "../../domain/errors.ts";
import type { PlanTask } from "../../domain/run/plan.ts";
import type { RunReport } from "../../domain/run/report.ts";
import type { Step } from "../../domain/run/step.ts";
import { toModelError } from "../../models/model-error.ts";
import { limitReached, recursionLimit } from "../call-limits.ts";
import { type createManager, MANAGER_LIMITS } from "./agent.ts";
import type { References } from "./state.ts";

export interface ManagerAnswer {
  /** The whole conversation; a summary may stand in for its older part. */
  readonly messages: BaseMessage[];
  readonly plan: PlanTask[];
  readonly steps: Step[];
  readonly references: References;
  /** Of the manager's own calls and of its specialists'. */
  readonly usage: RunReport["usage"];
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
    const { messages, plan, steps, references, usage } = await manager.graph.invoke(conversation, {
      ...withoutEmptyCheckpoint(config),
      recursionLimit: recursionLimit(MANAGER_LIMITS),
    });
    refuseNoAnswer(messages.at(-1));
    return { messages, plan, steps, references, usage };
  } catch (error) {
    config.signal?.throwIfAborted();
    throw limitReached(error, MANAGER_LIMITS) ?? toModelError(error);
  }
}

/**
 * LangGraph does what a loop had done and not yet checkpointed once more, if its configuration has the name of a
 * checkpoint as a field; and for graphs within graphs it puts that field there, empty.
 */
function withoutEmptyCheckpoint(config: RunnableConfig): RunnableConfig {
  const { checkpoint_id: id, ...configurable }: Record<string, unknown> = config.configurable ?? {};
  return id === undefined ? { ...config, configurable } : config;
}

/** Why an endpoint ended an answer before the model did. */
const CUT_OFF: Readonly<Record<string, string>> = {
  length: "it was cut off at the limit on the answer's tokens",
  content_filter: "the endpoint's content filter stopped it",
};

/** @throws FinAgentError MODEL_OUTPUT where the loop ended without an answer, or with a part of one */
function refuseNoAnswer(last: BaseMessage | undefined): void {
  const reason = CUT_OFF[String(last?.response_metadata["finish_reason"])];
  if (reason === undefined && last !== undefined && last.text.trim() !== "") return;
  throw new FinAgentError(
    "MODEL_OUTPUT",
    `The model gave no whole answer: ${reason ?? "it ended without a word"}.`,
    { hint: "Ask again in other words or for less at once, or take another model." },
  );
}
