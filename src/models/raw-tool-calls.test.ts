import { AIMessageChunk } from "@langchain/core/messages";
import { assert, dictionary, jsonValue, nat, property, string } from "fast-check";
import { describe, expect, it } from "vitest";
import { RawToolCalls } from "./raw-tool-calls.ts";

/** The message that LangChain makes of a call whose arguments come in the given pieces. */
function merged(pieces: readonly string[]): AIMessageChunk {
  const calls = new RawToolCalls();
  let message = new AIMessageChunk({ content: "" });
  const add = (chunk: AIMessageChunk): void => {
    message = message.concat(chunk);
  };
  for (const [at, args] of pieces.entries()) {
    const head = at === 0 ? { id: "call_1", name: "get_price" } : {};
    const chunk = new AIMessageChunk({ content: "", tool_call_chunks: [{ ...head, index: 0, args }] });
    calls.add(chunk.tool_call_chunks);
    add(chunk);
  }
  const spoiler = calls.spoiler();
  if (spoiler !== null) add(spoiler.message as AIMessageChunk);
  return message;
}

const objects = dictionary(string(), jsonValue(), { minKeys: 1 }).map((value) => JSON.stringify(value));

describe("the arguments of a streamed tool call", () => {
  it("stay as they are where they are whole", () => {
    assert(
      property(objects, nat(), (json, cut) => {
        const at = cut % json.length;
        const message = merged([json.slice(0, at), json.slice(at)]);
        expect(message.tool_calls?.[0]?.args).toEqual(JSON.parse(json));
        expect(message.invalid_tool_calls).toEqual([]);
      }),
    );
  });

  it("never become a call where they break off, wherever that is", () => {
    assert(
      property(objects, nat(), (json, cut) => {
        const message = merged([json.slice(0, 1 + (cut % (json.length - 1)))]);
        expect(message.tool_calls).toEqual([]);
        expect(message.invalid_tool_calls).toHaveLength(1);
      }),
      { numRuns: 500 },
    );
  });

  it("may be absent", () => {
    expect(merged([""]).tool_calls).toMatchObject([{ name: "get_price", args: {} }]);
  });

  it("must be an object", () => {
    expect(merged(["[1]"]).tool_calls).toEqual([]);
  });
});
