import { afterEach, describe, expect, it } from "vitest";
import { simulatedMarketData } from "../src/adapters/simulated/simulated-market-data.ts";
import type { RunEvent } from "../src/domain/run/event.ts";
import { createRuntime } from "../src/runtime.ts";
import { askTool } from "../src/tools/ask.ts";
import { tokens } from "./support/chat-completions-server.ts";
import type { ChatRequest } from "./support/chat-protocol.ts";
import {
  type AgentScripts,
  ask,
  call,
  calls,
  FETCH,
  inTurn,
  type Player,
  scriptedTeam,
  specialist,
  type Team,
} from "./support/scripted-team.ts";
import { testConfig } from "./support/test-config.ts";

const teams: Team[] = [];

afterEach(async () => {
  await Promise.all(teams.splice(0).map(async ({ server }) => server.close()));
});

async function team(...made: Parameters<typeof scriptedTeam>): Promise<Team> {
  const one = await scriptedTeam(...made);
  teams.push(one);
  return one;
}

const PLAN = call("write_plan", {
  tasks: [
    { id: "data", tool: "fetch_market_data", purpose: "prices" },
    { id: "alpha", tool: "ask_alpha_agent", purpose: "signals", dependsOn: ["data"] },
    { id: "risk", tool: "ask_risk_agent", purpose: "risk", dependsOn: ["data"] },
    { id: "portfolio", tool: "ask_portfolio_agent", purpose: "weights", dependsOn: ["alpha", "risk"] },
    { id: "backtest", tool: "run_backtest", purpose: "check", dependsOn: ["data"] },
  ],
});

const wholeRun: Player = inTurn(
  { text: "I begin with a plan.", calls: [PLAN] },
  calls(FETCH),
  (heard) => calls(ask.alpha(heard), ask.risk(heard)),
  (heard) => calls(ask.portfolio(heard)),
  (heard) => calls(call("run_backtest", { dataSetId: heard.latest("dataSetId") })),
  (heard) => ({ text: `Risk is ${String(heard.result("ask_risk_agent")["level"])}; the weights are below.` }),
);

/** Holds the first requests of two agents back until both have come: only calls side by side get that far. */
function meeting(): { readonly alpha: Player; readonly risk: Player } {
  const arrived = { alpha: Promise.withResolvers<void>(), risk: Promise.withResolvers<void>() };
  const meet =
    (own: "alpha" | "risk", other: "alpha" | "risk", honest: Player): Player =>
    async (heard) => {
      arrived[own].resolve();
      await arrived[other].promise;
      return honest(heard);
    };
  return {
    alpha: meet("alpha", "risk", specialist({ choose: (policy) => ({ ...policy, threshold: 0.02 }) })),
    risk: meet("risk", "alpha", specialist()),
  };
}

/** The models choose other policies than the prompts', which the rules can compute too. */
const CHOICES = { alpha: { threshold: 0.02 }, portfolio: { method: "equal-weight" } } as const;

function choosing(): AgentScripts {
  return {
    manager: wholeRun,
    ...meeting(),
    portfolio: specialist({ choose: (policy) => ({ ...policy, ...CHOICES.portfolio }) }),
  };
}

describe.each([
  { way: "streaming", streaming: true },
  { way: "not streaming", streaming: false },
])("a whole run, $way", ({ streaming }) => {
  it("plans, asks alpha and risk side by side, and reports what code computed under the models' policies", async () => {
    const { ask: run, server, requestsOf } = await team(choosing(), { openai: { streaming } });
    const events: RunEvent[] = [];
    const report = await run({}, { onEvent: (event) => void events.push(event) });

    expect(report.status).toBe("done");
    expect(report.model).toBe("openai:test");
    expect(report.answer).toMatch(/^Risk is (LOW|MODERATE|HIGH); the weights are below\.$/);
    expect(report.unverified).toEqual([]);
    expect(report.plan.map(({ id, status }) => [id, status])).toEqual(
      ["data", "alpha", "risk", "portfolio", "backtest"].map((id) => [id, "done"]),
    );
    expect(report.steps.map(({ agent, by, fallback, error }) => ({ agent, by, fallback, error }))).toEqual([
      { agent: "data", by: null },
      { agent: "alpha", by: "llm" },
      { agent: "risk", by: "llm" },
      { agent: "portfolio", by: "llm" },
      { agent: "backtest", by: null },
    ]);
    expect(report.decisions).toEqual({ llm: 3, cache: 0, fallback: 0, rules: 0 });

    // Every request was answered, so the input tokens are those of all of them.
    const asked = server.requests.map(({ body }) => tokens(JSON.stringify(body.messages)));
    expect(report.usage.inputTokens).toBe(asked.reduce((sum, count) => sum + count, 0));
    expect(report.usage.outputTokens).toBeGreaterThan(0);
    expect(requestsOf("manager").every(({ stream }) => stream === streaming)).toBe(true);

    const rules = await createRuntime(testConfig({ asOf: "2025-08-15" }), {
      policies: CHOICES,
    }).run(askTool, { request: "Propose a portfolio of AAPL, MSFT and JPM from the last 6 months" });
    expect(Object.keys(report.weights).length).toBeGreaterThan(0);
    expect(report.weights).toEqual(rules.weights);
    expect(report.signals).toEqual(rules.signals);
    expect(report.portfolio?.method).toBe("equal-weight");

    const started = events.flatMap((event) => (event.type === "step-started" ? [event.agent] : []));
    expect(started).toEqual(["data", "alpha", "risk", "portfolio", "backtest"]);
    const spoken = events.flatMap((event) => (event.type === "token" ? [event.text] : [])).join("");
    expect(spoken).toBe(streaming ? `I begin with a plan.${report.answer}` : "");
  });
});

describe("what goes to the endpoint", () => {
  it("asks each agent's own model", async () => {
    const { ask: run, server } = await team(
      choosing(),
      { models: { manager: "openai:big", risk: "openai:careful", data: "offline", backtest: "offline" } },
      { serverOptions: { models: ["big", "careful", "test"] } },
    );
    const report = await run();
    expect(report.model).toBe("openai:big");
    expect(report.decisions.llm).toBe(3);
    const names = new Set(server.requests.map(({ body }) => `${agentOf(body)}: ${body.model}`));
    expect([...names].sort()).toEqual(["alpha: test", "manager: big", "portfolio: test", "risk: careful"]);
  });

  it("is what strict endpoints take, and not wastefully large", async () => {
    const symbols = ["AAPL", "MSFT", "GOOGL", "AMZN", "NVDA", "JPM"];
    const fetch = calls(call("fetch_market_data", { symbols, lastMonths: 6 }));
    const {
      ask: run,
      server,
      requestsOf,
    } = await team({
      manager: (heard) => (heard.turn === 1 ? fetch : wholeRun(heard)),
    });
    await run();
    for (const { body } of server.requests) {
      expect(Object.keys(body).filter((field) => !FIELDS.has(field))).toEqual([]);
      for (const message of body.messages) expect(message).toEqual(plainMessage(message));
      for (const { function: declared } of body.tools ?? []) {
        expect(declared.name).toMatch(/^[a-zA-Z0-9_-]{1,64}$/);
        expect(declared.parameters).toMatchObject({ type: "object" });
        expect(keywords(declared.parameters).filter((word) => !KEYWORDS.has(word))).toEqual([]);
      }
    }
    const size = (part: unknown): number => tokens(JSON.stringify(part));
    const [first] = requestsOf("manager");
    const last = requestsOf("manager").at(-1);
    expect(size(first?.tools)).toBeLessThan(2300);
    expect(size(first?.messages)).toBeLessThan(1300);
    expect(size(last?.messages)).toBeLessThan(6800);
    for (const agent of ["data", "alpha", "risk", "portfolio", "backtest"]) {
      expect(size(requestsOf(agent).at(-1))).toBeLessThan(3300);
    }
  });

  it("tells the day that relative words count from", async () => {
    const system = async (settings: object): Promise<string> => {
      const { ask: run, requestsOf } = await team({ manager: inTurn({ text: "Hello." }) }, settings, {
        // A Monday morning in New York: the last close was on Friday.
        parts: { market: simulatedMarketData({ seed: 1, clock: { now: () => Date.UTC(2025, 5, 30, 12) } }) },
      });
      await run();
      return String(requestsOf("manager")[0]?.messages[0]?.content);
    };
    expect(await system({ asOf: "2025-08-15" })).toContain("\n\nAs of: 2025-08-15.");
    expect(await system({ asOf: undefined })).toContain("\n\nAs of: 2025-06-27.");
  });

  it("is the same in every run, so that it can be cached and replayed", async () => {
    const bodies = async (): Promise<string> => {
      const { ask: run, server } = await team({ ...choosing(), alpha: specialist(), risk: specialist() });
      await run();
      // Two agents that work side by side may come in either order.
      return server.requests
        .map(({ body }) => JSON.stringify(body))
        .sort()
        .join("\n");
    };
    expect(await bodies()).toBe(await bodies());
  });
});

function agentOf({ messages }: ChatRequest): string {
  return /^You are the (\w+)/.exec(String(messages[0]?.content))?.[1] ?? "";
}

const FIELDS = new Set(["model", "messages", "tools", "tool_choice", "stream", "stream_options"]);

/** No names of agents, no content in parts, nothing beyond what the role has. */
function plainMessage(message: object): unknown {
  const { role, content, tool_calls, tool_call_id, name } = message as Record<string, unknown>;
  expect(content).toBeTypeOf("string");
  if (role === "tool") return { role, content, tool_call_id, name };
  return role === "assistant" && tool_calls !== undefined ? { role, content, tool_calls } : { role, content };
}

/** What vLLM's and Gemini's endpoints take beside OpenAI's; see src/agents/model-schema.ts. */
const KEYWORDS = new Set(
  "type description properties required additionalProperties items enum default anyOf minimum maximum minItems maxItems minLength maxLength".split(
    " ",
  ),
);

/** All keywords of a JSON schema, at any depth. */
function keywords(schema: unknown): string[] {
  if (typeof schema !== "object" || schema === null) return [];
  if (Array.isArray(schema)) return schema.flatMap(keywords);
  return Object.entries(schema as Record<string, unknown>).flatMap(([word, value]) => {
    if (word === "properties") return [word, ...Object.values(value as object).flatMap(keywords)];
    return word === "default" || word === "enum" || word === "required" ? [word] : [word, ...keywords(value)];
  });
}
