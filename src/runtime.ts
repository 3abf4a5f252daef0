import { randomUUID } from "node:crypto";
import { readFileSync } from "node:fs";
import type { BaseChatModel } from "@langchain/core/language_models/chat_models";
import type { BaseCheckpointSaver } from "@langchain/langgraph-checkpoint";
import type { z } from "zod";
import { csvMarketData } from "./adapters/csv/csv-market-data.ts";
import { simulatedMarketData } from "./adapters/simulated/simulated-market-data.ts";
import type { Mind } from "./agents/consult.ts";
import type { Services } from "./agents/manager/specialist-tool.ts";
import { type Role, ROLES } from "./agents/specialist.ts";
import type { Config } from "./config.ts";
import type { Factor } from "./domain/alpha/factor.ts";
import { endOfDay } from "./domain/market/end-of-day.ts";
import type { Clock, MarketData } from "./domain/ports.ts";
import type { GraphIdentity } from "./domain/run/compose.ts";
import type { RunEvent } from "./domain/run/event.ts";
import { createManagerGraph } from "./graph/manager.ts";
import { createPipelineGraph } from "./graph/pipeline.ts";
import { runGraph } from "./graph/run-graph.ts";
import { inMemoryArtifacts } from "./memory/artifacts.ts";
import { inMemoryCheckpointer } from "./memory/conversations.ts";
import { createModel } from "./models/select.ts";
import { alphaPrompt } from "./prompts/alpha.ts";
import { backtestPrompt } from "./prompts/backtest.ts";
import { dataPrompt } from "./prompts/data.ts";
import { managerPrompt } from "./prompts/manager.ts";
import { portfolioPrompt } from "./prompts/portfolio.ts";
import { riskPrompt } from "./prompts/risk.ts";
import { parseInput, type Tool, type ToolContext } from "./tools/tool.ts";

export interface RunOptions {
  /** Steps, plan, tokens and the report, as they come. */
  readonly onEvent?: (event: RunEvent) => void;
  /** Ends the run at the next point where that is safe. */
  readonly signal?: AbortSignal;
}

/** The product, put together: every surface calls capabilities through it. */
export interface Runtime {
  readonly config: Config;
  /** Validates the input (BAD_ARGUMENT names the field), runs the capability and returns its output. */
  run<I extends z.ZodType, O extends z.ZodType>(
    tool: Tool<I, O>,
    input: z.input<I>,
    options?: RunOptions,
  ): Promise<z.output<O>>;
}

/** What a program may put in place of the configured parts, or add to them. */
export interface RuntimeParts {
  readonly clock?: Clock;
  readonly market?: MarketData;
  /** Every agent's model, in place of those that the configuration names. */
  readonly model?: BaseChatModel;
  /** Alpha factors beside the built-in ones, by name. */
  readonly factors?: ReadonlyMap<string, Factor>;
  /** Capabilities that the manager may call beside the specialists. */
  readonly managerTools?: readonly Tool[];
}

/** Puts the product together. Models and graphs are made when they are first needed. */
export function createRuntime(config: Config, parts: RuntimeParts = {}): Runtime {
  const { services } = assemble(config, parts, inMemoryCheckpointer());
  return {
    config,
    run: async (tool, input, options = {}) => {
      const parsed: unknown = parseInput(tool.input, input);
      const named = runFields(parsed);
      const asOf = named.asOf ?? config.asOf;
      const ctx: ToolContext = {
        ...services,
        identity: { ...services.identity, runId: randomUUID(), threadId: named.threadId ?? randomUUID() },
        asOf: asOf === undefined ? null : endOfDay(asOf),
        signal: options.signal ?? new AbortController().signal,
        emit: (event) => options.onEvent?.(event),
      };
      const { runId, threadId } = ctx.identity;
      ctx.emit({ type: "started", runId, threadId });
      return tool.run(ctx, parsed as z.output<typeof tool.input>);
    },
  };
}

/** The parts and the graphs made of them. Studio takes the graphs without a checkpointer: it has its own. */
export function assemble(config: Config, parts: RuntimeParts = {}, checkpointer?: BaseCheckpointSaver) {
  const clock = parts.clock ?? { now: () => Date.now() };
  const models = modelsOf(config, parts.model);
  const identity: GraphIdentity = {
    prompts: Object.fromEntries(PROMPTS.map((prompt) => [prompt.agent, prompt.version])),
    model: parts.model === undefined ? models.nameOf("manager") : parts.model._llmType(),
    code: packageVersion(),
    seed: config.seed,
  };
  const services: Services = {
    identity,
    market: parts.market ?? createMarket(config, clock),
    artifacts: inMemoryArtifacts(),
    clock,
    seed: config.seed,
    policies: { alpha: alphaPrompt.policy, risk: riskPrompt.policy, portfolio: portfolioPrompt.policy },
    factors: parts.factors ?? new Map<string, Factor>(),
    graphs: {
      ask: (input, ctx) =>
        runGraph(manager(), { request: input.request, asOf: input.asOf ?? config.asOf }, ctx),
      pipeline: (input, ctx) => runGraph(pipeline(), { ...input, asOf: input.asOf ?? config.asOf }, ctx),
    },
  };

  const manager = once(() =>
    createManagerGraph({
      model: models.of("manager"),
      minds: mindsOf((role) => (models.isOffline(role) ? RULES : { kind: "llm", model: models.of(role) })),
      services,
      extraTools: parts.managerTools ?? [],
      ...(checkpointer === undefined ? {} : { checkpointer }),
    }),
  );
  const pipeline = once(() =>
    createPipelineGraph({
      services,
      rules: mindsOf(() => RULES),
      llm: ROLES.every((role) => models.isOffline(role))
        ? null
        : mindsOf((role) => (models.isOffline(role) ? RULES : { kind: "llm", model: models.of(role) })),
    }),
  );
  return { services, manager, pipeline };
}

const RULES: Mind = { kind: "rules" };

const PROMPTS = [managerPrompt, dataPrompt, alphaPrompt, riskPrompt, portfolioPrompt, backtestPrompt];

function mindsOf(choose: (role: Role) => Mind): Record<Role, Mind> {
  return {
    data: choose("data"),
    alpha: choose("alpha"),
    risk: choose("risk"),
    portfolio: choose("portfolio"),
    backtest: choose("backtest"),
  };
}

/** Each agent's model, made once per name. */
function modelsOf(config: Config, given: BaseChatModel | undefined) {
  const made = new Map<string, BaseChatModel>();
  const nameOf = (agent: Role | "manager"): string => config.models[agent] ?? config.model;
  return {
    nameOf,
    isOffline: (agent: Role): boolean => given === undefined && nameOf(agent) === "offline",
    of: (agent: Role | "manager"): BaseChatModel => {
      const name = nameOf(agent);
      const model = given ?? made.get(name) ?? createModel(name, config.openai);
      made.set(name, model);
      return model;
    },
  };
}

function createMarket(config: Config, clock: Clock): MarketData {
  if (config.data === "simulated") return simulatedMarketData({ seed: config.seed, clock });
  return csvMarketData(config.data.slice("csv:".length));
}

/** The fields that belong to the run rather than to the capability. */
function runFields(input: unknown): { asOf?: string; threadId?: string } {
  const field = (name: string): string | undefined => {
    const value: unknown = typeof input === "object" && input !== null ? Reflect.get(input, name) : undefined;
    return typeof value === "string" ? value : undefined;
  };
  const asOf = field("asOf");
  const threadId = field("threadId");
  return { ...(asOf === undefined ? {} : { asOf }), ...(threadId === undefined ? {} : { threadId }) };
}

function once<T>(make: () => T): () => T {
  let held: { value: T } | undefined;
  return () => (held ??= { value: make() }).value;
}

function packageVersion(): string {
  const manifest: unknown = JSON.parse(readFileSync(new URL("../package.json", import.meta.url), "utf8"));
  if (typeof manifest === "object" && manifest !== null && "version" in manifest)
    return String(manifest.version);
  throw new Error("package.json has no version");
}
