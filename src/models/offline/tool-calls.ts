import type { BaseMessage, ToolCall } from "@langchain/core/messages";
import { AIMessage } from "@langchain/core/messages";
import { canonicalJson, contentHash } from "../../domain/hash.ts";
import type { ToolRequest } from "./decision.ts";

/**
 * Tool calls with ids made from the conversation so far and the call itself: the same messages give the same ids,
 * and the same call later in the conversation gives another one.
 */
export function toolCalls(
  messages: readonly BaseMessage[],
  calls: readonly ToolRequest[],
): (ToolCall & { readonly id: string; readonly type: "tool_call" })[] {
  const before = contentHash(messages.map(content));
  return calls.map(({ name, args }, index) => ({
    type: "tool_call",
    id: `call_${contentHash([before, String(index), name, canonicalJson(args)]).slice(0, 24)}`,
    name,
    args: { ...args },
  }));
}

function content(message: BaseMessage): string {
  const calls = AIMessage.isInstance(message) ? (message.tool_calls ?? []) : [];
  return canonicalJson([message.type, message.text, calls.map(({ name, args }) => [name, args])]);
}
