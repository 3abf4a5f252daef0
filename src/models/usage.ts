import { BaseCallbackHandler } from "@langchain/core/callbacks/base";
import type { BaseMessage, UsageMetadata } from "@langchain/core/messages";
import type { ChatGeneration, Generation, LLMResult } from "@langchain/core/outputs";
import type { RunReport } from "../domain/run/report.ts";

/**
 * Tokens of all answers among the messages, as their endpoints counted them; an answer without a count adds
 * nothing. The cost is null: no endpoint tells its prices, and none are kept here.
 */
export function sumUsage(messages: Iterable<BaseMessage>): RunReport["usage"] {
  let inputTokens = 0;
  let outputTokens = 0;
  for (const message of messages) {
    if (!hasUsage(message)) continue;
    inputTokens += counted(message.usage_metadata.input_tokens);
    outputTokens += counted(message.usage_metadata.output_tokens);
  }
  return { inputTokens, outputTokens, cost: null };
}

/** Counts every model call that it is a callback of, also of runs that fail and answers that nobody keeps. */
export class UsageMeter extends BaseCallbackHandler {
  override readonly name = "usage_meter";
  override readonly awaitHandlers = true;
  readonly #answers: BaseMessage[] = [];

  get usage(): RunReport["usage"] {
    return sumUsage(this.#answers);
  }

  override handleLLMEnd({ generations }: LLMResult): void {
    for (const generation of generations.flat()) if (isChat(generation)) this.#answers.push(generation.message);
  }
}

function isChat(generation: Generation): generation is ChatGeneration {
  return "message" in generation;
}

function hasUsage(message: BaseMessage): message is BaseMessage & { usage_metadata: UsageMetadata } {
  return "usage_metadata" in message && message.usage_metadata !== undefined;
}

/** The client leaves out a count of 0. */
function counted(tokens: number | undefined): number {
  return tokens ?? 0;
}
