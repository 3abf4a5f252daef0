import {
  type AgentMiddleware,
  createMiddleware,
  modelCallLimitMiddleware,
  toolCallLimitMiddleware,
} from "langchain";
import { FinAgentError } from "../domain/errors.ts";

type Limit = (options: { runLimit: number; exitBehavior: "error" }) => AgentMiddleware;

// The option types of LangChain's middleware collapse to `never` under `exactOptionalPropertyTypes`.
const limit = {
  modelCalls: modelCallLimitMiddleware as unknown as Limit,
  toolCalls: toolCallLimitMiddleware as unknown as Limit,
};

export interface CallLimits {
  readonly modelCalls: number;
  readonly toolCalls: number;
}

/** Ends a run with an error when the model or the tools are called too often; see `limitReached`. */
export function callLimits(limits: CallLimits): AgentMiddleware[] {
  return [
    limit.modelCalls({ runLimit: limits.modelCalls, exitBehavior: "error" }),
    limit.toolCalls({ runLimit: limits.toolCalls, exitBehavior: "error" }),
  ];
}

/**
 * The same limits for an agent that is made for one task. LangChain's are steps of the loop, which cost time, and
 * with them a structured answer that was given twice sends the loop two ways at once.
 */
export function taskLimits(limits: CallLimits): AgentMiddleware {
  let modelCalls = 0;
  let toolCalls = 0;
  return createMiddleware({
    name: "task_limits",
    wrapModelCall: (request, handler) => {
      if (++modelCalls > limits.modelCalls) throw tooMany("calls of the model", limits.modelCalls);
      return handler(request);
    },
    wrapToolCall: (request, handler) => {
      if (++toolCalls > limits.toolCalls) throw tooMany("tool calls", limits.toolCalls);
      return handler(request);
    },
  });
}

/** Supersteps of a loop within its limits: a turn passes through at most seven nodes. */
export function recursionLimit({ modelCalls }: CallLimits): number {
  return 8 * (modelCalls + 1);
}

/** What it means that `callLimits` ended a loop; undefined for any other error. */
export function limitReached(error: unknown, limits: CallLimits): FinAgentError | undefined {
  const name = error instanceof Error ? error.name : "";
  if (name === "ModelCallLimitMiddlewareError")
    return tooMany("calls of the model", limits.modelCalls, error);
  if (name === "ToolCallLimitExceededError") return tooMany("tool calls", limits.toolCalls, error);
  return undefined;
}

function tooMany(what: string, limit: number, cause?: unknown): FinAgentError {
  return new FinAgentError(
    "MODEL_OUTPUT",
    `The model came to no answer within ${limit} ${what}, the limit.`,
    {
      hint: "Ask for less at once, or take a model that is better at calling tools.",
      details: { limit },
      cause,
    },
  );
}
