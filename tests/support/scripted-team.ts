import { simulatedMarketData } from "../../src/adapters/simulated/simulated-market-data.ts";
import type { ConfigInput } from "../../src/config.ts";
import type { RunReport } from "../../src/domain/run/report.ts";
import { createRuntime, type RunOptions, type Runtime, type RuntimeParts } from "../../src/runtime.ts";
import { askTool } from "../../src/tools/ask.ts";
import {
  chatCompletionsServer,
  type ChatCompletionsServer,
  type Reply,
  type ScriptedCall,
  type ServerOptions,
} from "./chat-completions-server.ts";
import type { ChatMessage, ChatRequest } from "./chat-protocol.ts";
import { testConfig } from "./test-config.ts";

type Values = Readonly<Record<string, unknown>>;

/** One request as the scripted model of an agent sees it. */
export interface Heard {
  readonly request: ChatRequest;
  /** Answers that the model has given since the person last spoke. */
  readonly turn: number;
  /** What the person, or for a specialist its task, said last. */
  readonly said: string;
  /** The latest result of a tool. */
  result(tool: string): Values;
  /** The latest value under a name (`dataSetId`, `alphaId` …) among the results of tools. */
  latest(name: string): unknown;
}

export type Player = (heard: Heard) => Reply | Promise<Reply>;

export type AgentScripts = Readonly<Partial<Record<(typeof AGENTS)[number] | "summary", Player>>>;

const AGENTS = ["manager", "data", "alpha", "risk", "portfolio", "backtest", "optimizer"] as const;

/** They have tools that no default script knows, or none. */
const UNSCRIPTED: readonly string[] = ["manager", "optimizer", "summary"];

/** Plays replies one after the other, anew after every message of the person. */
export function inTurn(...replies: readonly (Reply | Player)[]): Player {
  return (heard) => {
    const reply = replies[heard.turn] ?? { status: 400, message: `no reply ${heard.turn + 1} is scripted` };
    return typeof reply === "function" ? reply(heard) : reply;
  };
}

export const call = (name: string, args: ScriptedCall["args"] = {}): ScriptedCall => ({ name, args });
export const calls = (...made: readonly ScriptedCall[]): Reply => ({ calls: made });

export const FETCH = call("fetch_market_data", { symbols: ["AAPL", "MSFT", "JPM"], lastMonths: 6 });

/** The manager's usual calls, with the ids that it was given. */
export const ask = {
  alpha: (heard: Heard): ScriptedCall => call("ask_alpha_agent", { dataSetId: heard.latest("dataSetId") }),
  risk: (heard: Heard): ScriptedCall => call("ask_risk_agent", { dataSetId: heard.latest("dataSetId") }),
  portfolio: (heard: Heard): ScriptedCall =>
    call("ask_portfolio_agent", {
      dataSetId: heard.latest("dataSetId"),
      alphaId: heard.latest("alphaId"),
      riskId: heard.latest("riskId"),
    }),
};

/**
 * A specialist's model that calls its tool with its task, and the policy that `choose` makes of its own; then it
 * reports what the tool returned, but for what `claim` changes.
 */
export function specialist({
  choose = (policy) => policy,
  claim = (honest) => honest,
}: {
  readonly choose?: (policy: Values) => Values;
  /** `attempt` counts from 0. */
  readonly claim?: (honest: Values, attempt: number) => Values;
} = {}): Player {
  return (heard) => {
    const { tools = [], messages } = heard.request;
    const [work] = tools;
    const report = tools.find((tool) => tool.function.name.startsWith("extract-"));
    if (work === undefined || report === undefined) throw new Error("a specialist has a tool and a report");
    const schema = work.function.parameters as Schema;
    const found = latestResult(messages, work.function.name);
    if (found === undefined) {
      const own = fenced(textOf(messages[0]), "json policy");
      const policy = "policy" in (schema.properties ?? {}) ? { policy: choose(own) } : {};
      return calls(call(work.function.name, { ...fenced(firstUser(messages), "json"), ...policy }));
    }
    const honest = { ...(pick(report.function.parameters as Schema, found) as Values), ...words(report) };
    const attempt = messages.filter((message) => message.role === "user").length - 1;
    return calls(call(report.function.name, claim(honest, attempt)));
  };
}

export interface Team {
  readonly server: ChatCompletionsServer;
  readonly runtime: Runtime;
  /** One request to the manager. */
  ask(
    input?: { readonly request?: string; readonly threadId?: string },
    options?: RunOptions,
  ): Promise<RunReport>;
  /** Requests that came from an agent's model. */
  requestsOf(agent: string): readonly ChatRequest[];
}

const MARKET = simulatedMarketData({ seed: 1, clock: { now: () => Date.UTC(2026, 0, 2) } });

/** A runtime whose agents' models are scripted on a server; specialists without a script do their honest work. */
export async function scriptedTeam(
  scripts: AgentScripts,
  settings: ConfigInput = {},
  { serverOptions = {}, parts = {} }: { serverOptions?: ServerOptions; parts?: RuntimeParts } = {},
): Promise<Team> {
  const server = await scriptedServer(scripts, serverOptions);
  const { openai, ...rest } = settings;
  const config = testConfig({
    model: "openai:test",
    asOf: "2025-08-15",
    openai: { baseUrl: server.baseUrl, timeoutSeconds: 5, maxRetries: 0, ...openai },
    ...rest,
  });
  // The market is made once for all teams; it is the same in each.
  const runtime = createRuntime(config, config.data === "simulated" ? { market: MARKET, ...parts } : parts);
  return {
    server,
    runtime,
    ask: async ({ request = "Analyze them", ...input } = {}, options) =>
      runtime.run(askTool, { request, ...input }, options),
    requestsOf: (agent) =>
      server.requests.map(({ body }) => body).filter((request) => agentOf(request) === agent),
  };
}

/** The endpoint of a team's models; specialists without a script do their honest work. */
export async function scriptedServer(
  scripts: AgentScripts,
  options: ServerOptions = {},
): Promise<ChatCompletionsServer> {
  return chatCompletionsServer(async (request): Promise<Reply> => {
    const agent = agentOf(request);
    const script = scripts[agent] ?? (UNSCRIPTED.includes(agent) ? undefined : specialist());
    if (script === undefined) throw new Error(`no script for ${agent}`);
    return script(hear(request));
  }, options);
}

function agentOf({ messages }: ChatRequest): (typeof AGENTS)[number] | "summary" {
  const [, name] = /^You are the (\w+)/.exec(textOf(messages[0])) ?? [];
  return AGENTS.find((agent) => agent === name) ?? "summary";
}

function hear(request: ChatRequest): Heard {
  const { messages } = request;
  const lastUser = messages.findLastIndex((message) => message.role === "user");
  return {
    request,
    turn: messages.slice(lastUser).filter((message) => message.role === "assistant").length,
    said: textOf(messages[lastUser]),
    result: (tool) => latestResult(messages, tool) ?? {},
    latest: (name) => results(messages).findLast(({ value }) => name in value)?.value[name],
  };
}

export function textOf(message: ChatMessage | undefined): string {
  return typeof message?.content === "string" ? message.content : JSON.stringify(message?.content ?? "");
}

function firstUser(messages: readonly ChatMessage[]): string {
  return textOf(messages.find((message) => message.role === "user"));
}

function latestResult(messages: readonly ChatMessage[], tool: string): Values | undefined {
  return results(messages).findLast((one) => one.tool === tool)?.value;
}

function results(messages: readonly ChatMessage[]): { tool: string; value: Values }[] {
  const names = new Map(
    messages.flatMap((message) => message.tool_calls ?? []).map((made) => [made.id, made.function.name]),
  );
  return messages
    .filter((message) => message.role === "tool")
    .map((message) => ({ tool: names.get(message.tool_call_id ?? "") ?? "", value: json(textOf(message)) }));
}

function json(text: string): Values {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null ? (value as Values) : {};
  } catch {
    return {};
  }
}

function fenced(text: string, info: string): Values {
  return json(new RegExp(`\`\`\`${info}\\n([^]*?)\\n\`\`\``).exec(text)?.[1] ?? "");
}

interface Schema {
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly items?: Schema;
}

/** The part of a value that a schema names. */
function pick(schema: Schema, value: unknown): unknown {
  if (Array.isArray(value)) return value.map((item: unknown) => pick(schema.items ?? {}, item));
  if (schema.properties === undefined || typeof value !== "object" || value === null) return value;
  const held = value as Values;
  const names = Object.keys(schema.properties).filter((name) => name in held);
  return Object.fromEntries(names.map((name) => [name, pick(schema.properties?.[name] ?? {}, held[name])]));
}

function words(report: { readonly function: { readonly parameters?: unknown } }): Values {
  const asked = (report.function.parameters as Schema).properties ?? {};
  return { summary: "As measured.", ...("reasons" in asked ? { reasons: ["As measured."] } : {}) };
}
