import type { BaseMessage, UsageMetadata } from "@langchain/core/messages";
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
    inputTokens += message.usage_metadata.input_tokens;
    outputTokens += message.usage_metadata.output_tokens;
  }
  return { inputTokens, outputTokens, cost: null };
}

function hasUsage(message: BaseMessage): message is BaseMessage & { usage_metadata: UsageMetadata } {
  return "usage_metadata" in message && message.usage_metadata !== undefined;
}
