import { AIMessage, type BaseMessage } from "@langchain/core/messages";
import { Command } from "@langchain/langgraph";
import { type AgentMiddleware, createMiddleware } from "langchain";
import type { RunEvent } from "../domain/run/event.ts";
import { addUsage, NO_USAGE, type Usage } from "../domain/run/usage.ts";
import { type UsageMeter, usageOf } from "../models/usage.ts";

/** What is told of a call. */
export type ModelCall = Extract<RunEvent, { readonly type: "model-call" }>;

/**
 * Middleware that counts the tokens of every answer and tells of every call; a callback could too, but makes each step
 * of LangChain's loop slower.
 */
export function countUsage(
  meter: UsageMeter,
  agent: string,
  model: string,
  tell: (call: ModelCall) => void,
): AgentMiddleware {
  return createMiddleware({
    name: "count_usage",
    wrapModelCall: async (request, handler) => {
      const started = performance.now();
      const answer: unknown = await handler(request);
      const messages = answersIn(answer);
      for (const message of messages) meter.add(message);
      tell(modelCall(agent, model, started, usageOfAll({ agent, model }, messages)));
      return answer as AIMessage;
    },
  });
}

/** The same into the `usage` of the loop's own state, and to the stream of the graph. */
export function countUsageInState(agent: string, model: string): AgentMiddleware {
  return createMiddleware({
    name: "count_usage",
    wrapModelCall: async (request, handler) => {
      const started = performance.now();
      const usage = usageOf({ agent, model }, await handler(request));
      request.runtime.writer?.(modelCall(agent, model, started, usage));
      return new Command({ update: { usage } });
    },
  });
}

function usageOfAll(
  asked: { readonly agent: string; readonly model: string },
  answers: readonly BaseMessage[],
): Usage {
  return answers.map((answer) => usageOf(asked, answer)).reduce(addUsage, NO_USAGE);
}

function modelCall(agent: string, model: string, started: number, usage: Usage): ModelCall {
  const { inputTokens, outputTokens, cost } = usage;
  const ms = Math.round(performance.now() - started);
  return { type: "model-call", agent, model, ms, inputTokens, outputTokens, cost };
}

/** A structured answer comes first among messages that say again what it is. */
function answersIn(answer: unknown): readonly BaseMessage[] {
  if (AIMessage.isInstance(answer)) return [answer];
  const made = typeof answer === "object" && answer !== null && "messages" in answer ? answer.messages : [];
  return Array.isArray(made) ? made.filter((message) => AIMessage.isInstance(message)).slice(0, 1) : [];
}
