import {
  AIMessage,
  type BaseMessage,
  HumanMessage,
  SystemMessage,
  ToolMessage,
} from "@langchain/core/messages";
import { tool } from "@langchain/core/tools";
import { expect, it } from "vitest";
import { z } from "zod";
import { openAiModel, type OpenAiOptions } from "../openai.ts";
import { callKey, type Question } from "./call-key.ts";

const model = (options: Partial<OpenAiOptions> = {}): ReturnType<typeof openAiModel> =>
  openAiModel({ name: "m", baseUrl: "http://one/v1", timeoutSeconds: 5, maxRetries: 0, ...options });

const echo = (description = "Says it again.", schema: z.ZodObject = z.object({ text: z.string() })) =>
  tool(() => "", { name: "echo", description, schema });

const call = { id: "c1", name: "echo", args: { text: "a", times: 2 } };

function messages(change: { answer?: object; result?: object } = {}): BaseMessage[] {
  return [
    new SystemMessage("You are the manager."),
    new HumanMessage("Hello"),
    new AIMessage({ content: "I ask.", tool_calls: [call], ...change.answer }),
    new ToolMessage({ content: "a", tool_call_id: "c1", name: "echo", status: "success", ...change.result }),
  ];
}

const QUESTION: Question = { messages: messages(), tools: [echo()], options: { tool_choice: "auto" } };

const keyOf = (change: Partial<Question> = {}, asked = model(), secrets: readonly string[] = []): string =>
  callKey(asked, { ...QUESTION, ...change }, secrets);

it.each<[string, () => string]>([
  ["ids of messages", () => keyOf({ messages: messages({ answer: { id: "x" }, result: { id: "y" } }) })],
  [
    "usage and metadata",
    () =>
      keyOf({
        messages: messages({
          answer: {
            response_metadata: { from_cache: true },
            usage_metadata: { input_tokens: 1, output_tokens: 1, total_tokens: 2 },
          },
        }),
      }),
  ],
  [
    "the order of arguments",
    () =>
      keyOf({ messages: messages({ answer: { tool_calls: [{ ...call, args: { times: 2, text: "a" } }] } }) }),
  ],
  ["a tool that was made anew", () => keyOf({ tools: [echo()] })],
  [
    "a tool as the endpoint knows it",
    () =>
      keyOf({
        tools: [
          {
            type: "function",
            function: {
              name: "echo",
              description: "Says it again.",
              parameters: z.toJSONSchema(z.strictObject({ text: z.string() })),
            },
          },
        ],
      }),
  ],
  [
    "the key and the patience",
    () => keyOf({}, model({ apiKey: "another", timeoutSeconds: 9, maxRetries: 3 })),
  ],
  ["streaming", () => keyOf({}, model({ streaming: false }))],
  [
    "LangChain's own options",
    () =>
      keyOf({
        options: {
          tool_choice: "auto",
          signal: new AbortController().signal,
          runId: "r",
          configurable: { a: 1 },
        },
      }),
  ],
])("%s do not matter", (_what, key) => {
  expect(key()).toBe(keyOf());
});

const CHANGES: Readonly<Record<string, () => string>> = {
  "the model": () => keyOf({}, model({ name: "n" })),
  "the endpoint": () => keyOf({}, model({ baseUrl: "http://two/v1" })),
  "the temperature of the model": () => keyOf({}, Object.assign(model(), { temperature: 0.3 })),
  "one message less": () => keyOf({ messages: messages().slice(0, 3) }),
  "another order": () => keyOf({ messages: messages().toReversed() }),
  "a role": () => keyOf({ messages: [new HumanMessage("You are the manager."), ...messages().slice(1)] }),
  "a text": () => keyOf({ messages: messages({ answer: { content: "I ask!" } }) }),
  "a name": () => keyOf({ messages: messages({ answer: { name: "manager" } }) }),
  "the id of a call": () =>
    keyOf({ messages: messages({ answer: { tool_calls: [{ ...call, id: "c2" }] } }) }),
  "the tool that is called": () =>
    keyOf({ messages: messages({ answer: { tool_calls: [{ ...call, name: "other" }] } }) }),
  "the arguments": () => keyOf({ messages: messages({ answer: { tool_calls: [{ ...call, args: {} }] } }) }),
  "a broken call": () =>
    keyOf({
      messages: messages({
        answer: { tool_calls: [], invalid_tool_calls: [{ id: "c1", name: "echo", args: "{", error: "" }] },
      }),
    }),
  "a result": () => keyOf({ messages: messages({ result: { content: "b" } }) }),
  "whose result it is": () => keyOf({ messages: messages({ result: { tool_call_id: "c2" } }) }),
  "the name of a result": () => keyOf({ messages: messages({ result: { name: "other" } }) }),
  "the status of a result": () => keyOf({ messages: messages({ result: { status: "error" } }) }),
  "no tools": () => keyOf({ tools: [] }),
  "a tool's description": () => keyOf({ tools: [echo("Repeats it.")] }),
  "a tool's schema": () => keyOf({ tools: [echo(undefined, z.object({ text: z.number() }))] }),
  "the choice of tools": () => keyOf({ options: { tool_choice: "any" } }),
  "a form": () => keyOf({ options: { tool_choice: "auto", response_format: { type: "json_object" } } }),
  "a stop": () => keyOf({ options: { tool_choice: "auto", stop: ["END"] } }),
};

it("whatever else the model is told does, each in its own way", () => {
  const keys = Object.entries(CHANGES).map(([what, key]) => [what, key()] as const);
  for (const [what, key] of keys) expect(key, what).not.toBe(keyOf());
  expect(new Set(keys.map(([, key]) => key)).size).toBe(keys.length);
});

it("takes a secret for the same as what stands for it on a tape", () => {
  const said = (text: string): Partial<Question> => ({ messages: [new HumanMessage(text)] });
  expect(keyOf(said("it is swordfish"), model(), ["swordfish"])).toBe(keyOf(said("it is [hidden]")));
  expect(keyOf(said("it is swordfish"), model())).not.toBe(keyOf(said("it is [hidden]")));
});
