import type { BaseChatModel } from "@langchain/core/language_models/chat_models";
import { type AIMessageChunk, type BaseMessage, HumanMessage } from "@langchain/core/messages";
import { tool } from "@langchain/core/tools";
import { ChatOpenAI } from "@langchain/openai";
import { createAgent, providerStrategy, toolStrategy } from "langchain";
import { afterAll, describe, expect, it } from "vitest";
import { z } from "zod";
import {
  chatCompletionsServer,
  type ChatCompletionsServer,
  type Script,
} from "../../../tests/support/chat-completions-server.ts";
import type { Spending } from "../../domain/cost/spending.ts";
import type { RunTape, TapedOutcome } from "../../domain/run/run-tape.ts";
import { modelName } from "../model-name.ts";
import { OfflineChatModel } from "../offline/offline-chat-model.ts";
import { openAiModel } from "../openai.ts";
import { payFrom } from "../spending/pay.ts";
import { TapedModel } from "./taped-model.ts";
import { withTape } from "./with-tape.ts";

const open: ChatCompletionsServer[] = [];

afterAll(async () => {
  await Promise.all(open.map(async (server) => server.close()));
});

async function serve(script: Script): Promise<ChatCompletionsServer> {
  const server = await chatCompletionsServer(script);
  open.push(server);
  return server;
}

/** A tape in memory: it keeps what it is told and holds what it is given. */
function tape(held: TapedOutcome[] = [], cached = false): RunTape & { readonly kept: TapedOutcome[] } {
  const kept: TapedOutcome[] = [];
  return {
    kept,
    ask: () => {
      const next = held.shift();
      if (next !== undefined) return Promise.resolve({ held: next, cached });
      return Promise.resolve({
        held: null,
        keep: (outcome) => {
          // As a store would: through text.
          kept.push(JSON.parse(JSON.stringify(outcome)) as TapedOutcome);
          return Promise.resolve();
        },
      });
    },
  };
}

const taped = (model: BaseChatModel): TapedModel =>
  new TapedModel(model, {
    agent: "alpha",
    secrets: [],
    pay: payFrom({ spending: UNCOUNTED, maxOutputTokens: 8192 }),
  });

const UNCOUNTED: Spending = {
  limited: false,
  priceOf: () => null,
  reserve: () => Promise.reject(new Error("nothing is limited")),
  note: () => Promise.resolve(),
  fault: () => null,
};

const own = (baseUrl: string, streaming = true): BaseChatModel =>
  openAiModel({ name: "test", baseUrl, timeoutSeconds: 5, maxRetries: 0, streaming });

/** LangChain's own class, which keeps what is bound to it in a copy of itself. */
const foreign = (baseUrl: string): BaseChatModel =>
  new ChatOpenAI({ model: "gpt-5", apiKey: "none", maxRetries: 0, configuration: { baseURL: baseUrl } });

const weather = tool(({ city }) => `It rains in ${city}.`, {
  name: "weather",
  description: "The weather of a city.",
  schema: z.object({ city: z.string() }),
});

const form = z.object({ wet: z.boolean() }).meta({ title: "extract-sky" });

/** What the model says at last where it has no tool for it, and in which form it is to say it. */
const FORMS = {
  none: { text: "It rains.", responseFormat: undefined },
  tool: { text: "", responseFormat: toolStrategy(form) },
  native: { text: '{"wet":true}', responseFormat: providerStrategy(form) },
  "as the model's profile has it": { text: '{"wet":true}', responseFormat: form },
} as const;

/** Messages as JSON, with the ids that come from a model. */
function plain(messages: readonly BaseMessage[]): unknown {
  const listed = messages.map((message) => {
    const { type, id, name, content, additional_kwargs, response_metadata } = message;
    const fields = ["tool_calls", "invalid_tool_calls", "tool_call_chunks", "usage_metadata"].map(
      (field): unknown => Reflect.get(message, field),
    );
    const from = Object.keys(response_metadata).length === 0 ? "" : id;
    return [
      message.constructor.name,
      from,
      type,
      name,
      content,
      additional_kwargs,
      response_metadata,
      fields,
    ];
  });
  return JSON.parse(JSON.stringify(listed));
}

describe.each([
  ["ours", own],
  ["ours, not streaming", (baseUrl: string) => own(baseUrl, false)],
  ["another's", foreign],
] as const)("a model of %s", (_whose, make) => {
  it.each(Object.entries(FORMS))(
    "is asked the same in an agent with form %s, streams the same, and is played as it was",
    async (kind, { text, responseFormat }) => {
      const first = { calls: [{ id: "w", name: "weather", args: { city: "Bergen" } }] };
      const sky = { calls: [{ name: "extract-sky", args: { wet: true } }] };
      const script: Script = ({ tools = [] }, index) => {
        if (index % 2 === 0) return first;
        return tools.some((one) => one.function.name === "extract-sky") ? sky : { text };
      };
      const server = await serve(script);
      const run = async (model: BaseChatModel) => {
        const agent = createAgent({
          model,
          tools: [weather],
          ...(responseFormat === undefined ? {} : { responseFormat }),
        });
        const input = { messages: [new HumanMessage("Does it rain in Bergen?")] };
        const chunks: string[] = [];
        let state: { messages: BaseMessage[]; structuredResponse?: unknown } = { messages: [] };
        for await (const [mode, part] of await agent.stream(input, { streamMode: ["messages", "values"] })) {
          if (mode === "values") state = part;
          else chunks.push(part[0].text);
        }
        return { chunks, messages: state.messages, form: state.structuredResponse };
      };

      const bare = await run(make(server.baseUrl));
      const untaped = await run(taped(make(server.baseUrl)));
      const recorder = tape();
      const recorded = await withTape(recorder, async () => run(taped(make(server.baseUrl))));
      const bodies = server.requests.map(({ body }) => body);
      expect(bodies).toHaveLength(6);
      expect([bodies.slice(2, 4), bodies.slice(4)]).toEqual([bodies.slice(0, 2), bodies.slice(0, 2)]);
      expect([untaped.chunks, recorded.chunks]).toEqual([bare.chunks, bare.chunks]);
      expect(recorded.form).toEqual(kind === "none" ? undefined : { wet: true });

      const played = await withTape(tape([...recorder.kept]), async () => run(taped(make(server.baseUrl))));
      expect(server.requests).toHaveLength(6);
      expect(played.form).toEqual(recorded.form);
      expect(played.chunks.join("")).toBe(recorded.chunks.join(""));
      expect(plain(played.messages)).toEqual(plain(recorded.messages));
    },
  );

  it("looks as it does by itself", () => {
    const model = make("http://127.0.0.1:9/v1");
    const wrapped = taped(model);
    expect(modelName(wrapped)).toBe(modelName(model));
    expect(wrapped.profile).toEqual(model.profile);
    for (const name of ["lc_namespace", "disableStreaming"] as const)
      expect(wrapped[name]).toEqual(model[name]);
    for (const name of ["_llmType", "_modelType", "getName"] as const) {
      expect(wrapped[name]()).toEqual(model[name]());
    }
  });
});

/** Both ways of asking a model by itself. */
const WAYS = {
  invoke: async (model: BaseChatModel, signal?: AbortSignal): Promise<BaseMessage> =>
    model.invoke("Hello", signal === undefined ? {} : { signal }),
  stream: async (model: BaseChatModel, signal?: AbortSignal): Promise<BaseMessage> => {
    let whole: AIMessageChunk | undefined;
    for await (const chunk of await model.stream("Hello", signal === undefined ? {} : { signal })) {
      whole = whole === undefined ? chunk : whole.concat(chunk);
    }
    if (whole === undefined) throw new Error("the stream was empty");
    return whole;
  },
} as const;

describe.each(Object.entries(WAYS))("by %s", (_way, ask) => {
  it("plays a broken call, the reason of an ending and the count of tokens as they came", async () => {
    const server = await serve([
      { text: "Cut", calls: [{ name: "weather", args: '{"city": "Ber' }], finish: "length" },
    ]);
    const recorder = tape();
    const model = taped(own(server.baseUrl));
    const said = await withTape(recorder, async () => ask(model));
    const played = await withTape(tape(recorder.kept), async () => ask(model));
    expect(plain([played])).toEqual(plain([said]));
    expect(played).toMatchObject({
      invalid_tool_calls: [{ name: "weather" }],
      response_metadata: { finish_reason: "length" },
      usage_metadata: { output_tokens: 4 },
    });
  });

  it("passes a failure on, and plays it again", async () => {
    const server = await serve([{ status: 429, message: "slow down" }]);
    const model = taped(own(server.baseUrl));
    const recorder = tape();
    const failed = await withTape(recorder, async () => ask(model)).catch((error: unknown) => error);
    expect(failed).toMatchObject({ code: "MODEL_RATE_LIMITED" });
    const again = await withTape(tape(recorder.kept), async () => ask(model)).catch(
      (error: unknown) => error,
    );
    expect(JSON.stringify(again)).toBe(JSON.stringify(failed));
  });

  it("keeps nothing of a call that its caller gave up", async () => {
    const server = await serve([{ hang: true }]);
    const stop = new AbortController();
    const recorder = tape();
    setTimeout(() => stop.abort(), 30);
    await expect(
      withTape(recorder, async () => ask(taped(own(server.baseUrl)), stop.signal)),
    ).rejects.toThrow();
    expect(recorder.kept).toEqual([]);
  });

  it("says of an answer of an earlier run that it cost nothing", async () => {
    const held: TapedOutcome = {
      answer: {
        chunk: true,
        fields: { content: "Hi", usage_metadata: { input_tokens: 5, output_tokens: 2, total_tokens: 7 } },
      },
    };
    const played = await withTape(tape([held], true), async () => ask(taped(new OfflineChatModel())));
    expect(played).toMatchObject({
      content: "Hi",
      response_metadata: { from_cache: true },
      usage_metadata: { input_tokens: 0, output_tokens: 0, total_tokens: 0 },
    });
  });
});
