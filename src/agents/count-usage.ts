import { AIMessage, type BaseMessage } from "@langchain/core/messages";
import { Command } from "@langchain/langgraph";
import { type AgentMiddleware, createMiddleware } from "langchain";
import { sumUsage, type UsageMeter } from "../models/usage.ts";

/**
 * Middleware that counts the tokens of every answer; a callback could too, but makes each step of LangChain's loop
 * slower.
 */
export function countUsage(meter: UsageMeter): AgentMiddleware {
  return createMiddleware({
    name: "count_usage",
    wrapModelCall: async (request, handler) => {
      const answer: unknown = await handler(request);
      for (const message of answersIn(answer)) meter.add(message);
      return answer as AIMessage;
    },
  });
}

/** The same into the `usage` of the loop's own state. */
export const countUsageInState: AgentMiddleware = createMiddleware({
  name: "count_usage",
  wrapModelCall: async (request, handler) => {
    const { inputTokens, outputTokens } = sumUsage([await handler(request)]);
    return new Command({ update: { usage: { inputTokens, outputTokens } } });
  },
});

/** A structured answer comes with the messages that it was made of. */
function answersIn(answer: unknown): readonly BaseMessage[] {
  if (AIMessage.isInstance(answer)) return [answer];
  const made = typeof answer === "object" && answer !== null && "messages" in answer ? answer.messages : [];
  return Array.isArray(made) ? made.filter((message) => AIMessage.isInstance(message)) : [];
}
