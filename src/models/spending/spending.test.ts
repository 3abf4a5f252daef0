import type { BaseChatModel } from "@langchain/core/language_models/chat_models";
import type { AIMessageChunk } from "@langchain/core/messages";
import { concat } from "@langchain/core/utils/stream";
import { ChatOpenAI } from "@langchain/openai";
import { afterEach, describe, expect, it } from "vitest";
import {
  chatCompletionsServer,
  type ChatCompletionsServer,
  type Script,
  tokens,
} from "../../../tests/support/chat-completions-server.ts";
import type { Charge, Spending } from "../../domain/cost/spending.ts";
import { FinAgentError } from "../../domain/errors.ts";
import { openAiModel } from "../openai.ts";
import { TapedModel } from "../tape/taped-model.ts";
import { payFrom } from "./pay.ts";
import { costOfMessage } from "./usage-of-message.ts";

const MOST = 700;
const PRICE = { model: "test", from: "2026-01-01", inputPerMillion: 10, outputPerMillion: 40 };

let server: ChatCompletionsServer;

afterEach(async () => server.close());

/** Money that never ends, and what was done with it. */
function purse(limited = true, price: typeof PRICE | null = PRICE) {
  const told: ("reserved" | "released" | Charge)[] = [];
  const bytes: number[] = [];
  const spending: Spending = {
    limited,
    priceOf: () => price,
    reserve: (_by, size) => {
      told.push("reserved");
      bytes.push(size.bytes);
      const settle = (charge: Charge): Promise<void> => Promise.resolve(void told.push(charge));
      return Promise.resolve({ settle, release: () => Promise.resolve(void told.push("released")) });
    },
    note: (_by, charge) => Promise.resolve(void told.push(charge)),
    fault: () => null,
  };
  return { told, bytes, spending };
}

async function model(script: Script, { spending }: ReturnType<typeof purse>, own?: BaseChatModel) {
  server = await chatCompletionsServer(script);
  const asked =
    own ?? openAiModel({ name: "test", baseUrl: server.baseUrl, timeoutSeconds: 0.3, maxRetries: 1 });
  return new TapedModel(asked, {
    agent: "alpha",
    secrets: [],
    pay: payFrom({ spending, maxOutputTokens: MOST }),
  });
}

/** What the scripted endpoint counts for its only request: a token for each four characters. */
function counted(answer: string): { input: number; output: number; cachedInput: number } {
  const [request] = server.requests;
  return { input: tokens(JSON.stringify(request?.body.messages)), output: tokens(answer), cachedInput: 0 };
}

const priced = ({ input, output }: { input: number; output: number }): number =>
  Number(((input * 10 + output * 40) / 1e6).toFixed(12));

const lengths = (): unknown[] =>
  server.requests.map(({ body }): unknown => Reflect.get(body, "max_tokens") ?? null);

describe("a call that is paid for", () => {
  it.each([["as a whole"], ["as a stream"]])(
    "sets money apart, sends its limit, and costs what it used, %s",
    async (way) => {
      const held = purse();
      const taped = await model([{ text: "one two three" }], held);
      let answer: AIMessageChunk | undefined;
      if (way === "as a whole") answer = await taped.invoke("Hello");
      else
        for await (const part of await taped.stream("Hello"))
          answer = answer === undefined ? part : concat(answer, part);
      const used = counted("one two three");
      expect(held.told).toEqual(["reserved", { tokens: used, usd: priced(used), assumed: false }]);
      expect(lengths()).toEqual([MOST]);
      // The size that was reckoned with is that of the body.
      const [request] = server.requests;
      expect(held.bytes).toEqual([Number(request?.headers["content-length"])]);
      expect(answer === undefined ? null : costOfMessage(answer)).toBe(priced(used));
    },
  );

  it("counts cached input at its own price", async () => {
    const body = {
      id: "1",
      object: "chat.completion",
      created: 1,
      model: "test",
      choices: [{ index: 0, message: { role: "assistant", content: "Yes." }, finish_reason: "stop" }],
      usage: {
        prompt_tokens: 100,
        completion_tokens: 10,
        total_tokens: 110,
        prompt_tokens_details: { cached_tokens: 60 },
      },
    };
    const held = purse(true, { ...PRICE, cachedInputPerMillion: 1 } as typeof PRICE);
    await (
      await model([{ raw: JSON.stringify(body), contentType: "application/json" }], held)
    ).invoke("Hello");
    // 40 * 10 + 60 * 1 + 10 * 40 millionths.
    expect(held.told.at(-1)).toMatchObject({
      tokens: { input: 100, cachedInput: 60, output: 10 },
      usd: 0.00086,
    });
  });

  it("sets money apart again before a retry, and lets go of an attempt that was refused", async () => {
    const held = purse();
    await (await model([{ status: 429, retryAfter: 0 }, { text: "Yes." }], held)).invoke("Hello");
    expect(held.told).toMatchObject(["reserved", "released", "reserved", { assumed: false }]);
  });

  it("counts nothing for a port that fetch itself refuses", async () => {
    const held = purse();
    const unsent = { name: "test", baseUrl: "http://127.0.0.1:9/v1", timeoutSeconds: 5, maxRetries: 0 };
    const taped = await model([], held, openAiModel(unsent));
    await expect(taped.invoke("Hello")).rejects.toMatchObject({ code: "MODEL_UNREACHABLE" });
    expect(held.told).toEqual(["reserved", "released"]);
  });

  it.each<[string, Script]>([
    ["reset", [{ reset: true }, { reset: true }]],
    ["never answered", [{ hang: true }]],
    ["cut off", [{ text: "one two three", fault: "stall" }]],
    ["answered with nonsense", [{ raw: "<html>", contentType: "text/html" }]],
  ])("counts the most that an attempt can cost where it was %s", async (_, script) => {
    const held = purse();
    const taped = await model(script, held);
    await expect(taped.invoke("Hello")).rejects.toBeInstanceOf(FinAgentError);
    const attempts = server.requests.length;
    const most = held.bytes.map((bytes) => Number(((bytes * 10 + MOST * 40) / 1e6).toFixed(12)));
    const charges = most.map((usd) => ({ tokens: null, usd, assumed: true }));
    expect(charges).toHaveLength(attempts);
    expect(held.told).toEqual(charges.flatMap((charge) => ["reserved", charge]));
  });

  it("counts a stream that nobody reads to its end", async () => {
    const held = purse();
    for await (const _part of await (await model([{ text: "one two three" }], held)).stream("Hello")) break;
    expect(held.told).toMatchObject(["reserved", { assumed: true }]);
  });

  it("costs nothing where nobody was there to be asked", async () => {
    const held = purse();
    const taped = await model([], held);
    await server.close();
    await expect(taped.invoke("Hello")).rejects.toMatchObject({ code: "MODEL_UNREACHABLE" });
    expect(held.told).toEqual(["reserved", "released"]);
  });
});

it("without a budget a call has no limit, and is counted when it is answered", async () => {
  const held = purse(false, null);
  await (await model([{ text: "Yes." }], held)).invoke("Hello");
  expect(lengths()).toEqual([null]);
  expect(held.told).toEqual([{ tokens: counted("Yes."), usd: null, assumed: false }]);
});

describe("a program's own model", () => {
  const own = (baseUrl: string, maxTokens?: number): BaseChatModel =>
    new ChatOpenAI({
      model: "gpt-4o",
      apiKey: "none",
      maxRetries: 0,
      configuration: { baseURL: baseUrl },
      ...(maxTokens === undefined ? {} : { maxTokens }),
    });

  it("sets money apart for all that it is told, and its own limit", async () => {
    const held = purse();
    const scripted = await chatCompletionsServer([{ text: "Yes." }]);
    const taped = await model([], held, own(scripted.baseUrl, 50));
    await taped.invoke("Hello");
    await scripted.close();
    const [request] = scripted.requests;
    expect(held.told).toMatchObject(["reserved", { assumed: false }]);
    expect(held.bytes[0]).toBeGreaterThan(JSON.stringify(request?.body.messages).length);
  });

  it("is refused where it has no limit", async () => {
    const taped = await model([], purse(), own("http://127.0.0.1:1"));
    await expect(taped.invoke("Hello")).rejects.toMatchObject({ code: "BAD_CONFIG", message: /no limit/ });
  });
});
