import {
  AIMessage,
  HumanMessage,
  SystemMessage,
  ToolMessage,
  type AIMessageChunk,
} from "@langchain/core/messages";
import { tool } from "@langchain/core/tools";
import type { BaseChatModel } from "@langchain/core/language_models/chat_models";
import { afterAll, afterEach, describe, expect, it, vi } from "vitest";
import { z } from "zod";
import {
  chatCompletionsServer,
  tokens,
  type ChatCompletionsServer,
  type Reply,
  type Script,
  type ServerOptions,
} from "../../tests/support/chat-completions-server.ts";
import type { ErrorCode } from "../domain/errors.ts";
import { openAiModel, type OpenAiOptions } from "./openai.ts";

const open: ChatCompletionsServer[] = [];

afterEach(() => {
  vi.unstubAllEnvs();
});

afterAll(async () => {
  await Promise.all(open.map(async (server) => server.close()));
});

async function scripted(script: Script, options?: ServerOptions): Promise<ChatCompletionsServer> {
  const server = await chatCompletionsServer(script, options);
  open.push(server);
  return server;
}

function model(baseUrl: string, options: Partial<OpenAiOptions> = {}): BaseChatModel {
  return openAiModel({
    name: "gpt-test",
    apiKey: "sk-test",
    baseUrl,
    timeoutSeconds: 5,
    maxRetries: 0,
    ...options,
  });
}

/** Both ways of asking; the faults must look alike on either. */
const WAYS = [
  { way: "whole", ask: async (from: BaseChatModel, signal?: AbortSignal) => ask(from, "Hello", signal) },
  {
    way: "streamed",
    ask: async (from: BaseChatModel, signal?: AbortSignal) => (await streamed(from, signal)).message,
  },
] as const;

async function ask(from: BaseChatModel, input: string, signal?: AbortSignal): Promise<AIMessage> {
  return from.invoke(input, signal === undefined ? {} : { signal });
}

async function streamed(
  from: BaseChatModel,
  signal?: AbortSignal,
): Promise<{ message: AIMessageChunk; texts: string[] }> {
  let message: AIMessageChunk | undefined;
  const texts: string[] = [];
  for await (const chunk of await from.stream("Hello", signal === undefined ? {} : { signal })) {
    texts.push(chunk.text);
    message = message === undefined ? chunk : message.concat(chunk);
  }
  if (message === undefined) throw new Error("no chunk");
  return { message, texts };
}

const getPrice = tool(() => "1", {
  name: "get_price",
  description: "The price of a symbol.",
  schema: z.object({ symbol: z.string() }),
});

function withTools(from: BaseChatModel): BaseChatModel {
  const bound = from.bindTools?.([getPrice]);
  return bound as unknown as BaseChatModel;
}

describe.each(WAYS)("an answer, $way", ({ ask }) => {
  it("comes with its text, finish reason and usage", async () => {
    const server = await scripted([{ text: "AAPL rose by 12 %." }]);
    const message = await ask(model(server.baseUrl));
    expect(message.text).toBe("AAPL rose by 12 %.");
    expect(message.response_metadata["finish_reason"]).toBe("stop");
    const [request] = server.requests;
    expect(message.usage_metadata).toMatchObject({
      input_tokens: tokens(JSON.stringify(request?.body.messages)),
      output_tokens: tokens("AAPL rose by 12 %."),
    });
    expect(request?.authorization).toBe("Bearer sk-test");
    expect(request?.body).toMatchObject({
      model: "gpt-test",
      messages: [{ role: "user", content: "Hello" }],
    });
  });

  it("comes with parallel tool calls, and their results go back in protocol", async () => {
    const calls = [
      { name: "get_price", args: { symbol: "AAPL" } },
      { name: "get_price", args: { symbol: "MSFT" } },
    ];
    const server = await scripted([{ calls }, { text: "Done." }]);
    const bound = withTools(model(server.baseUrl));
    const message = await ask(bound);
    expect(message.tool_calls?.map(({ name, args }) => ({ name, args }))).toEqual(calls);
    const results = (message.tool_calls ?? []).map(
      ({ id }) => new ToolMessage({ content: "1", tool_call_id: id ?? "" }),
    );
    const said = new AIMessage({ content: "", tool_calls: message.tool_calls ?? [] });
    const last = await bound.invoke([
      new SystemMessage("Be brief."),
      new HumanMessage("Hello"),
      said,
      ...results,
    ]);
    expect(last.text).toBe("Done.");
    expect(server.requests[1]?.body.messages.map(({ role }) => role)).toEqual([
      "system",
      "user",
      "assistant",
      "tool",
      "tool",
    ]);
  });

  it("keeps a tool call with malformed arguments apart", async () => {
    const server = await scripted([{ calls: [{ name: "get_price", args: '{"symbol": "AA' }] }]);
    const message = await ask(withTools(model(server.baseUrl)));
    expect(message.tool_calls).toEqual([]);
    expect(message.invalid_tool_calls).toMatchObject([
      { id: "call_0_0", name: "get_price", args: expect.stringContaining('{"symbol": "AA') as string },
    ]);
  });
});

it("streams word by word", async () => {
  const server = await scripted([{ text: "AAPL rose by 12 %." }]);
  const { texts } = await streamed(model(server.baseUrl));
  expect(texts.filter((text) => text !== "")).toEqual(["AAPL", " rose", " by", " 12", " %."]);
  expect(server.requests[0]?.body.stream_options).toEqual({ include_usage: true });
});

it("returns structured output through a tool call", async () => {
  const server = await scripted([{ calls: [{ name: "verdict", args: { level: "HIGH" } }] }]);
  const schema = z.object({ level: z.enum(["LOW", "HIGH"]) });
  const asked = model(server.baseUrl).withStructuredOutput(schema, {
    name: "verdict",
    method: "functionCalling",
  });
  expect(await asked.invoke("Hello")).toEqual({ level: "HIGH" });
});

describe.each(WAYS)("a fault, $way", ({ way, ask }) => {
  async function failure(replies: readonly Reply[], options: Partial<OpenAiOptions> = {}): Promise<unknown> {
    const server = await scripted(replies);
    return ask(model(server.baseUrl, options)).then(
      () => null,
      (error: unknown) => error,
    );
  }

  it.each<[string, Reply, ErrorCode, RegExp]>([
    [
      "401",
      { status: 401, message: "Incorrect API key provided: sk-te**st." },
      "MODEL_AUTH",
      /OPENAI_API_KEY/,
    ],
    ["403", { status: 403 }, "MODEL_AUTH", /OPENAI_API_KEY/],
    ["404", { status: 404, message: "The model does not exist" }, "MODEL_NOT_FOUND", /--model/],
    ["429", { status: 429 }, "MODEL_RATE_LIMITED", /quota/],
    ["400", { status: 400, message: "gpt-test does not support tools" }, "MODEL_OUTPUT", /tools/],
    ["500", { status: 500 }, "MODEL_UNREACHABLE", /up/],
    ["504", { status: 504 }, "MODEL_TIMEOUT", /timeoutSeconds/],
    ["a reset", { reset: true }, "MODEL_UNREACHABLE", /up/],
    ["a reset midway", { text: "AAPL rose by", fault: "reset" }, "MODEL_UNREACHABLE", /up/],
    ["an end midway", { text: "AAPL rose by", fault: "end" }, "MODEL_OUTPUT", /again/],
    [
      "a page instead of JSON",
      { raw: "<html>Sign in</html>", contentType: "text/html" },
      "MODEL_OUTPUT",
      /again/,
    ],
    ["broken JSON", { raw: '{"choices": [', contentType: "application/json" }, "MODEL_OUTPUT", /again/],
    [
      "JSON of another shape",
      { raw: '{"choices": 5}', contentType: "application/json" },
      "MODEL_OUTPUT",
      /again/,
    ],
    ["JSON without choices", { raw: "{}", contentType: "application/json" }, "MODEL_OUTPUT", /again/],
    ["a broken stream", { raw: "data: {]\n\n", contentType: "text/event-stream" }, "MODEL_OUTPUT", /again/],
  ])("%s", async (_name, reply, code, hint) => {
    const error = await failure([reply]);
    expect(error).toMatchObject({
      name: "FinAgentError",
      code,
      message: expect.stringMatching(/gpt-test at http:\/\/127\.0\.0\.1:\d+\/v1/) as string,
      hint: expect.stringMatching(hint) as string,
    });
    expect(String(error)).not.toContain("sk-te");
  });

  it.each<[string, Reply]>([
    ["a hang", { hang: true }],
    ["a stall midway", { text: "AAPL rose by 12 %", fault: "stall" }],
  ])("%s ends after the time limit, and is not tried again", async (_name, reply) => {
    const begun = performance.now();
    const error = await failure([reply, { text: "too late" }], { timeoutSeconds: 0.2, maxRetries: 2 });
    expect(error).toMatchObject({
      code: "MODEL_TIMEOUT",
      hint: expect.stringContaining("timeoutSeconds") as string,
    });
    expect(performance.now() - begun).toBeLessThan(1500);
  });

  it("the time limit bounds the silence, not the whole stream", async () => {
    const text = "word ".repeat(400);
    const server = await scripted([{ text }]);
    const begun = performance.now();
    const message = await ask(model(server.baseUrl, { timeoutSeconds: 0.4 }));
    expect(message.text).toBe(text);
    if (way === "streamed") expect(performance.now() - begun).toBeGreaterThan(400);
  });

  it.concurrent.each<[string, Reply]>([
    ["a 429", { status: 429 }],
    ["a 500", { status: 500 }],
    ["a 503", { status: 503 }],
    ["a reset", { reset: true }],
  ])("%s passes on the second retry", async (_name, reply) => {
    const server = await scripted([reply, reply, { text: "Done." }]);
    expect((await ask(model(server.baseUrl, { maxRetries: 2 }))).text).toBe("Done.");
    expect(server.requests).toHaveLength(3);
  });

  it("gives up after maxRetries", async () => {
    const server = await scripted(() => ({ status: 500 }));
    await expect(ask(model(server.baseUrl, { maxRetries: 1 }))).rejects.toMatchObject({
      code: "MODEL_UNREACHABLE",
    });
    expect(server.requests).toHaveLength(2);
  });

  it.each([400, 401, 403, 404])("does not try a %i again", async (status) => {
    const server = await scripted([{ status }, { text: "Done." }]);
    await expect(ask(model(server.baseUrl, { maxRetries: 2 }))).rejects.toThrow("gpt-test");
    expect(server.requests).toHaveLength(1);
  });

  it.concurrent("waits as long as Retry-After asks", async () => {
    const server = await scripted([{ status: 429, retryAfter: 1 }, { text: "Done." }]);
    await ask(model(server.baseUrl, { maxRetries: 1 }));
    const [first, second] = server.requests;
    expect((second?.atMs ?? 0) - (first?.atMs ?? 0)).toBeGreaterThanOrEqual(990);
  });

  it("does not wait for a Retry-After beyond the time limit", async () => {
    const begun = performance.now();
    const error = await failure([{ status: 429, retryAfter: 60 }], { maxRetries: 2, timeoutSeconds: 1 });
    expect(error).toMatchObject({ code: "MODEL_RATE_LIMITED" });
    expect(performance.now() - begun).toBeLessThan(900);
  });

  it("a caller's abort ends the call at once and is no fault of the model", async () => {
    const server = await scripted([{ hang: true }]);
    const caller = new AbortController();
    const answer = ask(model(server.baseUrl), caller.signal);
    await vi.waitFor(() => expect(server.requests).toHaveLength(1));
    caller.abort();
    await expect(answer).rejects.toMatchObject({ name: "AbortError" });
  });

  it("nothing listens at the base URL", async () => {
    const server = await scripted([]);
    await server.close();
    await expect(ask(model(server.baseUrl, { maxRetries: 2 }))).rejects.toMatchObject({
      code: "MODEL_UNREACHABLE",
      message: expect.stringContaining(`${server.baseUrl} cannot be reached (ECONNREFUSED)`) as string,
    });
  });

  it("the host has no address", async () => {
    await expect(ask(model("http://model.invalid/v1"))).rejects.toMatchObject({ code: "MODEL_UNREACHABLE" });
  });
});

describe("credentials", () => {
  it("a wrong key and an absent model say so", async () => {
    const server = await scripted([], { apiKey: "sk-right", models: ["gpt-test"] });
    const wrong = await model(server.baseUrl, { apiKey: "sk-wrong-key" })
      .invoke("Hello")
      .catch((error: unknown) => error);
    expect(wrong).toMatchObject({ code: "MODEL_AUTH" });
    expect(JSON.stringify(wrong)).not.toContain("sk-wrong");
    await expect(
      model(server.baseUrl, { apiKey: "sk-right", name: "gpt-none" }).invoke("Hello"),
    ).rejects.toMatchObject({
      code: "MODEL_NOT_FOUND",
      message: expect.stringContaining("gpt-none") as string,
    });
  });

  it("works without a key, and sends none that stands in the environment", async () => {
    vi.stubEnv("OPENAI_API_KEY", "sk-environment");
    vi.stubEnv("OPENAI_ADMIN_KEY", "sk-environment");
    vi.stubEnv("OPENAI_ORGANIZATION", "org-environment");
    vi.stubEnv("OPENAI_ORG_ID", "org-environment");
    vi.stubEnv("OPENAI_PROJECT_ID", "proj-environment");
    const server = await scripted([{ text: "Done." }]);
    expect((await model(server.baseUrl, { apiKey: undefined }).invoke("Hello")).text).toBe("Done.");
    expect(JSON.stringify(server.requests[0]?.headers)).not.toContain("environment");
  });

  it("asks the given endpoint, whatever the environment names", async () => {
    vi.stubEnv("OPENAI_BASE_URL", "http://model.invalid/v1");
    vi.stubEnv("OPENAI_API_BASE", "http://model.invalid/v1");
    vi.stubEnv("LANGSMITH_GATEWAY", "http://model.invalid");
    const server = await scripted([{ text: "Done." }]);
    expect((await model(server.baseUrl).invoke("Hello")).text).toBe("Done.");
  });

  it("needs a key for OpenAI itself", () => {
    vi.stubEnv("OPENAI_API_KEY", "sk-environment");
    expect(() => openAiModel({ name: "gpt-test", timeoutSeconds: 1, maxRetries: 0 })).toThrow(
      expect.objectContaining({ code: "MODEL_AUTH" }),
    );
  });

  it("does not give its key away when serialised", () => {
    expect(JSON.stringify(model("http://127.0.0.1:1/v1"))).not.toContain("sk-test");
  });
});
