import type { BaseChatModel } from "@langchain/core/language_models/chat_models";
import { convertToOpenAITool, isLangChainTool } from "@langchain/core/utils/function_calling";
import { lengthUnknown } from "../../domain/cost/budget.ts";
import type { Spending } from "../../domain/cost/spending.ts";
import { modelName } from "../model-name.ts";
import type { Question } from "../tape/call-key.ts";
import { CallSpending } from "./call-spending.ts";
import { spendingInForce } from "./in-force.ts";
import { paysByAttempt } from "./pays-by-attempt.ts";

interface Purse {
  /** Of calls outside of runs. */
  readonly spending: Spending;
  /** The most tokens of an answer, where a budget is set and the model has no limit of its own. */
  readonly maxOutputTokens: number;
}

/** Opens the account of a call that is about to reach its model; see `pay` of TapedModel. */
export type Pay = (agent: string, model: BaseChatModel, question: Question) => Promise<CallSpending>;

/**
 * Calls of configured models set money apart attempt by attempt, as they are sent. Of a program's own model nothing is
 * known but the call: it is taken as one attempt.
 */
export function payFrom({ spending, maxOutputTokens }: Purse): Pay {
  return async (agent, model, question) => {
    const money = spendingInForce() ?? spending;
    const by = { agent, model: modelName(model) };
    if (!money.limited || paysByAttempt(model)) return new CallSpending(money, by, maxOutputTokens);
    const free = money.priceOf(by.model)?.outputPerMillion === 0;
    const limit = free ? 0 : outputLimitOf(model);
    // A price that is not known is told first.
    const call = new CallSpending(money, by, limit ?? 0);
    if (limit === null && money.priceOf(by.model) !== null) throw lengthUnknown(by.model);
    await call.begin(bytesOf(question));
    return call;
  };
}

/** As a program's own model sends it to its endpoint; null where it sends none. */
function outputLimitOf(model: BaseChatModel): number | null {
  const sent: unknown = model.invocationParams({});
  if (typeof sent !== "object" || sent === null) return null;
  const names = ["max_completion_tokens", "max_tokens", "max_output_tokens", "maxOutputTokens", "maxTokens"];
  const limits = names.map((name): unknown => Reflect.get(sent, name));
  return limits.find((limit) => typeof limit === "number") ?? null;
}

/** All that a model reads, as JSON, which is longer than what becomes tokens. */
function bytesOf({ messages, tools, options }: Question): number {
  const { response_format: form, outputConfig, responseSchema } = options;
  const told = {
    messages: messages.map((message) => message.toDict()),
    tools: tools.map((tool) => (isLangChainTool(tool) ? convertToOpenAITool(tool) : tool)),
    form: [form, outputConfig, responseSchema],
  };
  return Buffer.byteLength(JSON.stringify(told));
}
