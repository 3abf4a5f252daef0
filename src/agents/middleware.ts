import type { BaseChatModel } from "@langchain/core/language_models/chat_models";
import type { BaseMessage } from "@langchain/core/messages";
import {
  type AgentMiddleware,
  createMiddleware,
  modelCallLimitMiddleware,
  summarizationMiddleware,
  toolCallLimitMiddleware,
} from "langchain";
import { FinAgentError } from "../domain/errors.ts";
import { UsageMeter } from "../models/usage.ts";

// The option types of LangChain's middleware collapse to `never` under `exactOptionalPropertyTypes`. The options
// that are used here are therefore typed by hand, in this one place.
interface Library {
  limitModelCalls(options: { runLimit: number; exitBehavior: "error" }): AgentMiddleware;
  limitToolCalls(options: { runLimit: number; exitBehavior: "error" }): AgentMiddleware;
  summarise(options: {
    model: Pick<BaseChatModel, "invoke">;
    trigger: { tokens: number };
    keep: { tokens: number };
    trimTokensToSummarize: number;
  }): Summariser;
}

interface Summariser {
  readonly beforeModel: (state: unknown, runtime: unknown) => Promise<Record<string, unknown> | undefined>;
}

const library = {
  limitModelCalls: modelCallLimitMiddleware,
  limitToolCalls: toolCallLimitMiddleware,
  summarise: summarizationMiddleware,
} as unknown as Library;

export interface CallLimits {
  readonly modelCalls: number;
  readonly toolCalls: number;
}

/** Ends a run with an error when the model or the tools are called too often; see `limitReached`. */
export function callLimits(limits: CallLimits): AgentMiddleware[] {
  return [
    library.limitModelCalls({ runLimit: limits.modelCalls, exitBehavior: "error" }),
    library.limitToolCalls({ runLimit: limits.toolCalls, exitBehavior: "error" }),
  ];
}

/** Supersteps of a loop within its limits: a turn passes through at most seven nodes. */
export function recursionLimit({ modelCalls }: CallLimits): number {
  return 8 * (modelCalls + 1);
}

/** What it means that a loop was ended by its limits; undefined for any other error. */
export function limitReached(error: unknown, limits: CallLimits): FinAgentError | undefined {
  if (!(error instanceof Error)) return undefined;
  const [what, count] =
    error.name === "ModelCallLimitMiddlewareError"
      ? ["calls of the model", limits.modelCalls]
      : error.name === "ToolCallLimitExceededError"
        ? ["tool calls", limits.toolCalls]
        : [undefined, 0];
  if (what === undefined) return undefined;
  return new FinAgentError(
    "MODEL_OUTPUT",
    `The model came to no answer within ${count} ${what}, the limit.`,
    {
      hint: "Ask for less at once, or take a model that is better at calling tools.",
      details: { limit: count },
      cause: error,
    },
  );
}

/**
 * Replaces the older part of a long conversation by a summary that the model writes; its tokens go to the state's
 * `usage`.
 */
export function summarise(
  model: BaseChatModel,
  when: { readonly fromTokens: number; readonly keepTokens: number },
): AgentMiddleware[] {
  const made = (asked: Pick<BaseChatModel, "invoke">): Summariser =>
    library.summarise({
      model: asked,
      trigger: { tokens: when.fromTokens },
      keep: { tokens: when.keepTokens },
      // All of the older part is read; by itself the library would read its last 4,000 tokens.
      trimTokensToSummarize: when.fromTokens,
    });
  const summary: Summariser = {
    ...made(model),
    beforeModel: async (state, runtime) => {
      const meter = new UsageMeter();
      const metered: Pick<BaseChatModel, "invoke"> = {
        invoke: async (prompt, options) => {
          const answer = await model.invoke(prompt, options);
          meter.add(answer);
          return answer;
        },
      };
      const update = await made(metered).beforeModel(state, runtime);
      return update === undefined ? undefined : { ...update, usage: meter.usage };
    },
  };
  return [summary as unknown as AgentMiddleware, failedSummary];
}

/** Whether a message is a summary in place of what was said before it. */
export function isSummary(message: BaseMessage): boolean {
  return message.additional_kwargs["lc_source"] === "summarization";
}

/** The library puts its error where the summary should be, and would go on without the conversation. */
const failedSummary = createMiddleware({
  name: "failed_summary",
  wrapModelCall: (request, handler) => {
    const [first] = request.messages;
    const failure =
      first !== undefined && isSummary(first)
        ? /^[^\n]*\n\nError generating summary: (.*)/.exec(first.text)
        : null;
    if (failure === null) return handler(request);
    throw new FinAgentError(
      "MODEL_OUTPUT",
      `The conversation is too long and was not summarised: ${failure[1]}`,
      {
        hint: "Try again, or begin a new conversation.",
      },
    );
  },
});
