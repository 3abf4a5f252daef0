import type { BaseChatModel } from "@langchain/core/language_models/chat_models";
import {
  type AgentMiddleware,
  modelCallLimitMiddleware,
  summarizationMiddleware,
  toolCallLimitMiddleware,
} from "langchain";

// The option types of LangChain's middleware collapse to `never` under `exactOptionalPropertyTypes`. The options
// that are used here are therefore typed by hand, in this one place.
interface Library {
  limitModelCalls(options: { runLimit: number; exitBehavior: "error" }): AgentMiddleware;
  limitToolCalls(options: { runLimit: number; exitBehavior: "error" }): AgentMiddleware;
  summarise(options: {
    model: BaseChatModel;
    trigger: { tokens: number };
    keep: { messages: number };
  }): AgentMiddleware;
}

const library = {
  limitModelCalls: modelCallLimitMiddleware,
  limitToolCalls: toolCallLimitMiddleware,
  summarise: summarizationMiddleware,
} as unknown as Library;

/** Ends a run with an error when the model or the tools are called too often. */
export function callLimits(limits: { modelCalls: number; toolCalls: number }): AgentMiddleware[] {
  return [
    library.limitModelCalls({ runLimit: limits.modelCalls, exitBehavior: "error" }),
    library.limitToolCalls({ runLimit: limits.toolCalls, exitBehavior: "error" }),
  ];
}

/** Replaces the older part of a long conversation by a summary that the model writes. */
export function summarise(
  model: BaseChatModel,
  when: { fromTokens: number; keepMessages: number },
): AgentMiddleware {
  return library.summarise({
    model,
    trigger: { tokens: when.fromTokens },
    keep: { messages: when.keepMessages },
  });
}
