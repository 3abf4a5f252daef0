import { AIMessage, type AIMessageChunk, HumanMessage, SystemMessage } from "@langchain/core/messages";
import { type StructuredToolInterface, tool } from "@langchain/core/tools";
import {
  type AgentMiddleware,
  createAgent,
  providerStrategy,
  summarizationMiddleware,
  toolStrategy,
} from "langchain";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { converse, desk, langChainTools } from "../../../tests/support/canned-desk.ts";
import { usageOf } from "../usage.ts";
import { OfflineChatModel } from "./offline-chat-model.ts";

const SYSTEM = new SystemMessage("Manage.\nAs of: 2025-08-15");
const REQUESTS = [
  "Analyze AAPL for the last 6 months and propose a portfolio",
  "What is VaR?",
  "Analyze Delta",
  "asdf",
];

const essence = (message: AIMessage | AIMessageChunk) => ({
  text: message.text,
  calls: (message.tool_calls ?? []).map(({ id, name, args }) => ({ id, name, args })),
  usage: usageOf({ agent: "manager", model: "offline" }, message),
  metadata: message.response_metadata,
  kwargs: message.additional_kwargs,
});

describe("OfflineChatModel", () => {
  it("is a chat model that signs as offline and costs no tokens", async () => {
    const model = new OfflineChatModel();
    expect(model._llmType()).toBe("offline");
    const message = await model.invoke("hello");
    expect(message.response_metadata["model_name"]).toBe("offline");
    expect(message.usage_metadata).toEqual({ input_tokens: 0, output_tokens: 0, total_tokens: 0 });
  });

  it("uses no tool that is not bound", async () => {
    const message = await new OfflineChatModel().invoke([SYSTEM, new HumanMessage("Analyze AAPL")]);
    expect(message.tool_calls).toEqual([]);
    expect(message.text).toContain("fetch_market_data is not available");
    const at = desk();
    delete at.tools["write_plan"];
    delete at.tools["run_backtest"];
    const { answers } = await converse(at, ["Propose a portfolio of AAPL"]);
    expect(at.rounds.flat().map((call) => call.name)).toEqual([
      "fetch_market_data",
      "ask_alpha_agent",
      "ask_risk_agent",
      "ask_portfolio_agent",
    ]);
    expect(answers[0]?.text).toContain("## Proposed portfolio");
  });

  it("gives the same message for the same messages", async () => {
    const [first, second] = await Promise.all([converse(desk(), REQUESTS), converse(desk(), REQUESTS)]);
    const all = (messages: typeof first.messages) =>
      messages.filter((message) => AIMessage.isInstance(message)).map(essence);
    expect(all(first.messages)).toEqual(all(second.messages));
    expect(all(first.messages).length).toBeGreaterThan(REQUESTS.length);
  });

  it.each(REQUESTS)("streams what it invokes: %s", async (request) => {
    const bound = new OfflineChatModel().bindTools(langChainTools(desk()));
    const messages = [SYSTEM, new HumanMessage(request)];
    let streamed: AIMessageChunk | undefined;
    let chunks = 0;
    for await (const chunk of await bound.stream(messages)) {
      streamed = streamed === undefined ? chunk : streamed.concat(chunk);
      chunks += 1;
    }
    expect(chunks).toBeGreaterThan(3);
    expect(streamed === undefined ? undefined : essence(streamed)).toEqual(
      essence(await bound.invoke(messages)),
    );
  });

  it("stops where it is aborted", async () => {
    const model = new OfflineChatModel();
    await expect(model.invoke("hello", { signal: AbortSignal.abort() })).rejects.toThrow();
  });
});

describe("in createAgent", () => {
  const agent = (at: ReturnType<typeof desk>) =>
    createAgent({
      model: new OfflineChatModel(),
      tools: langChainTools(at),
      systemPrompt: "Manage.\nAs of: 2025-08-15",
    });

  it("carries a request through to its answer", async () => {
    const at = desk();
    const result = await agent(at).invoke({
      messages: [new HumanMessage("Analyze AAPL ytd and propose a portfolio")],
    });
    expect(at.rounds.flat().map((call) => call.name)).toEqual([
      "write_plan",
      "fetch_market_data",
      "ask_alpha_agent",
      "ask_risk_agent",
      "ask_portfolio_agent",
      "run_backtest",
    ]);
    expect(at.rounds.flat()[1]?.args).toEqual({ symbols: ["AAPL"], from: "2025-01-01" });
    expect(result.messages.at(-1)?.text).toContain("## Proposed portfolio");
  });

  it("streams its answer in words and keeps the mark of a question", async () => {
    const words: string[] = [];
    const stream = await agent(desk()).stream(
      { messages: [new HumanMessage("Analyze Delta")] },
      { streamMode: ["messages", "values"] },
    );
    let last: unknown;
    for await (const [mode, data] of stream) {
      if (mode === "messages") words.push(data[0].text);
      else last = data.messages.at(-1)?.response_metadata;
    }
    expect(words.length).toBeGreaterThan(5);
    expect(words.join("")).toContain("Delta Air Lines (DAL)");
    expect(last).toMatchObject({ finagent: { kind: "question" } });
  });

  it("calls an added tool for each symbol that the request names", async () => {
    const sector = tool(
      ({ symbol }: { symbol: string }) =>
        JSON.stringify({ sector: symbol === "AAPL" ? "Technology" : "Staples" }),
      {
        name: "sector_of",
        description: "The sector of a company",
        schema: z.object({ symbol: z.string() }),
      },
    );
    const tools: StructuredToolInterface[] = [...langChainTools(desk()), sector as StructuredToolInterface];
    const withTool = createAgent({
      model: new OfflineChatModel(),
      tools,
    });
    const result = await withTool.invoke({
      messages: [new HumanMessage("What is the sector of Apple and KO?")],
    });
    const answer = result.messages.at(-1)?.text ?? "";
    expect(answer).toMatch(/## AAPL\n\n- sector: Technology\n\n## KO\n\n- sector: Staples/);
  });

  it("carries follow-ups over a summary of its own", async () => {
    const at = desk();
    const middleware = summarizationMiddleware({
      model: new OfflineChatModel(),
      trigger: { messages: 13 },
      keep: { messages: 12 },
    } as never);
    const summarising = createAgent({
      model: new OfflineChatModel(),
      tools: langChainTools(at),
      middleware: [middleware as unknown as AgentMiddleware],
    });
    const first = await summarising.invoke({
      messages: [new HumanMessage("Analyze AAPL for the last year")],
    });
    const second = await summarising.invoke({
      messages: [...first.messages, new HumanMessage("and with Microsoft added?")],
    });
    expect(second.messages.some((message) => message.text.includes("Requests so far:"))).toBe(true);
    const fetched = at.rounds.flat().filter((call) => call.name === "fetch_market_data");
    expect(fetched.at(-1)?.args).toEqual({ symbols: ["AAPL", "MSFT"], lastMonths: 12 });
    expect(second.messages.at(-1)?.text).toContain("MSFT");
  });
});

describe("structured output", () => {
  const report = z.object({
    dataSetId: z.string(),
    level: z.string(),
    figures: z.object({ volatility: z.number() }),
  });
  const POLICY = 'Measure.\n\nYour policy:\n```json policy\n{"target":0.15}\n```';
  const TASK = new HumanMessage('Your task:\n```json\n{"dataSetId":"set-7","symbols":["AAPL"]}\n```');
  const seen: unknown[] = [];
  const measure = (fails = false) =>
    tool(
      (args) => {
        seen.push(args);
        return JSON.stringify(
          fails
            ? { code: "DATA_INSUFFICIENT", message: "Too few bars." }
            : { dataSetId: args.dataSetId, level: "LOW", volatility: 0.21, extra: 1 },
        );
      },
      {
        name: "measure_risk",
        description: "",
        schema: z.object({ dataSetId: z.string(), policy: z.looseObject({}) }),
      },
    );

  it("computes with the policy of the prompt and emits the tool's result", async () => {
    seen.length = 0;
    const agent = createAgent({
      model: new OfflineChatModel(),
      tools: [measure()],
      systemPrompt: POLICY,
      responseFormat: toolStrategy(report),
    });
    const { structuredResponse } = await agent.invoke({ messages: [TASK] });
    expect(seen).toEqual([{ dataSetId: "set-7", policy: { target: 0.15 } }]);
    expect(structuredResponse).toEqual({ dataSetId: "set-7", level: "LOW", figures: { volatility: 0.21 } });
  });

  it("does so for a native response format", async () => {
    const agent = createAgent({
      model: new OfflineChatModel(),
      tools: [measure()],
      systemPrompt: POLICY,
      responseFormat: providerStrategy(report),
    });
    const { structuredResponse } = await agent.invoke({ messages: [TASK] });
    expect(structuredResponse).toEqual({ dataSetId: "set-7", level: "LOW", figures: { volatility: 0.21 } });
  });

  it("makes nothing up where the tool failed or a field is nowhere to be found", async () => {
    for (const [tools, format] of [
      [[measure(true)], report],
      [[measure()], z.object({ moon: z.string() })],
    ] as const) {
      const agent = createAgent({
        model: new OfflineChatModel(),
        tools: [...tools],
        systemPrompt: POLICY,
        responseFormat: toolStrategy(format),
      });
      const result = await agent.invoke({ messages: [TASK] });
      expect(result.structuredResponse).toBeUndefined();
      expect(result.messages.at(-1)?.text).toContain("cannot give this structured answer");
    }
  });

  it("ends when its answer is not accepted", async () => {
    const strict = z.object({ dataSetId: z.string(), level: z.enum(["NONE"]) });
    const agent = createAgent({
      model: new OfflineChatModel(),
      tools: [measure()],
      systemPrompt: POLICY,
      responseFormat: toolStrategy(strict),
    });
    const result = await agent.invoke({ messages: [TASK] });
    expect(result.structuredResponse).toBeUndefined();
    expect(result.messages.at(-1)?.text).toContain("not accepted");
  });

  it("fills a form with the parts of a request", async () => {
    const model = new OfflineChatModel().withStructuredOutput(
      z.object({ symbols: z.array(z.string()), capital: z.number().optional(), lastMonths: z.number() }),
    );
    expect(await model.invoke("Propose a portfolio of Apple and KO for the last year with $50k")).toEqual({
      symbols: ["AAPL", "KO"],
      capital: 50_000,
      lastMonths: 12,
    });
  });
});
