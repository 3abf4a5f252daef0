import { describe, expect, it } from "vitest";
import { protocolFault, type ChatMessage } from "./chat-protocol.ts";

const user: ChatMessage = { role: "user", content: "Hello" };
const system: ChatMessage = { role: "system", content: "Be brief." };
const result = (id: string): ChatMessage => ({ role: "tool", tool_call_id: id, content: "1" });

function calling(...ids: readonly string[]): ChatMessage {
  const tool_calls = ids.map((id) => ({ id, type: "function", function: { name: "f", arguments: "{}" } }));
  return { role: "assistant", content: null, tool_calls };
}

describe("what the scripted endpoint accepts", () => {
  it.each<[string, readonly ChatMessage[]]>([
    ["a question", [system, user]],
    ["a conversation", [user, { role: "assistant", content: "Yes?" }, user]],
    ["parallel calls, answered in any order", [user, calling("a", "b"), result("b"), result("a")]],
    ["two rounds of calls", [user, calling("a"), result("a"), calling("b"), result("b")]],
  ])("%s", (_name, messages) => {
    expect(protocolFault({ model: "m", messages })).toBeNull();
  });

  it.each<[string, readonly ChatMessage[], RegExp]>([
    ["no message", [], /non-empty/],
    ["an unknown role", [{ role: "robot", content: "x" }], /unknown role/],
    ["a late system message", [user, system], /stand first/],
    ["a call without an answer", [user, calling("a", "b"), result("a"), user], /tool_call_ids.*: b$/],
    ["a call without an answer at the end", [user, calling("a")], /tool_call_ids.*: a$/],
    ["an answer without a call", [user, result("a")], /must be a response/],
    ["an answer to another call", [user, calling("a"), result("b")], /must be a response/],
    ["two answers to one call", [user, calling("a"), result("a"), result("a")], /must be a response/],
    ["no content", [{ role: "user" }], /'content' is required/],
  ])("but not %s", (_name, messages, fault) => {
    expect(protocolFault({ model: "m", messages })).toMatch(fault);
  });

  it.each<[string, object, RegExp]>([
    ["usage of what is not streamed", { stream_options: { include_usage: true } }, /stream_options/],
    ["a choice without tools", { tool_choice: "auto" }, /tool_choice/],
    [
      "a bare reference as a tool's schema",
      { tools: [{ type: "function", function: { name: "f", parameters: { $ref: "#/x" } } }] },
      /type "object"/,
    ],
    [
      "a tool's name with a space",
      { tools: [{ type: "function", function: { name: "a b" } }] },
      /invalid function name/,
    ],
  ])("nor %s", (_name, extra, fault) => {
    expect(protocolFault({ model: "m", messages: [user], ...extra })).toMatch(fault);
  });
});
