import type { BaseMessage, UsageMetadata } from "@langchain/core/messages";
import type { RunReport } from "../domain/run/report.ts";
import { isFromCache } from "./tape/taped-answer.ts";

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

/** Counts the answers that it is told of, also those of a run that fails later. */
export class UsageMeter {
  readonly #answers: BaseMessage[] = [];

  add(answer: BaseMessage): void {
    this.#answers.push(answer);
  }

  /** Whether there were answers, and all were held from earlier runs. */
  get fromCache(): boolean {
    return this.#answers.length > 0 && this.#answers.every(isFromCache);
  }

  get usage(): RunReport["usage"] {
    return sumUsage(this.#answers);
  }
}

function hasUsage(message: BaseMessage): message is BaseMessage & { usage_metadata: UsageMetadata } {
  return "usage_metadata" in message && message.usage_metadata !== undefined;
}

/** The client leaves out a count of 0. */
function counted(tokens: number | undefined): number {
  return tokens ?? 0;
}
