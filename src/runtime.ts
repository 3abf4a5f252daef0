import { randomUUID } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { z } from "zod";
import { ColumnCache } from "./adapters/columnar/column-cache.ts";
import { csvMarketData } from "./adapters/csv/csv-market-data.ts";
import { simulatedMarketData } from "./adapters/simulated/simulated-market-data.ts";
import { workerPool } from "./adapters/worker-pool/worker-pool.ts";
import type { Services } from "./agents/manager/specialist-tool.ts";
import { checkExtraTools } from "./agents/manager/check-extra-tools.ts";
import { policiesWith, promptVersions } from "./agents/policies.ts";
import type { Config } from "./config.ts";
import { registerFactors } from "./domain/alpha/register-factors.ts";
import type { Strategy } from "./domain/backtest/strategy.ts";
import { registerStrategies } from "./domain/backtest/strategies/register-strategies.ts";
import { checkedMarketData } from "./domain/market/checked-market-data.ts";
import { endOfDay } from "./domain/market/end-of-day.ts";
import type { Clock, MarketData } from "./domain/ports.ts";
import type { RunEvent } from "./domain/run/event.ts";
import { inMemoryArtifacts } from "./memory/artifacts.ts";
import { fileWorkLog } from "./memory/work-log.ts";
import { modelNameOf, type RuntimeParts } from "./runtime-parts.ts";
import { type Graphs, parseInput, type Tool, type ToolContext } from "./tools/tool.ts";

export type { RuntimeParts } from "./runtime-parts.ts";

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

/**
 * Puts the product together. Models and graphs are made when they are first needed.
 * @throws FinAgentError BAD_ARGUMENT where a factor, a strategy, a policy or a tool among the parts cannot be used
 */
export function createRuntime(config: Config, parts: RuntimeParts = {}): Runtime {
  const services = assembleServices(config, parts);
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

/**
 * The strategy in a file, for `RuntimeParts.strategies`. A module runs with all rights of the process: never pass on a path
 * that came over a network or from a model.
 * @throws FinAgentError BAD_STRATEGY naming the file and what is wrong with it
 */
export async function loadStrategy(path: string): Promise<Strategy> {
  const { loadStrategy: load } = await import("./adapters/strategy-files/load-strategy.ts");
  return load(path);
}

/** What every run shares. The graphs, and with them LangChain, are loaded when the first run needs one. */
export function assembleServices(config: Config, parts: RuntimeParts = {}): Services {
  const clock = parts.clock ?? { now: () => Date.now() };
  const factors = registerFactors(parts.factors ?? []);
  const policies = policiesWith(parts.policies ?? {}, factors);
  checkExtraTools(parts.managerTools ?? []);
  let loaded: Promise<Graphs> | undefined;
  const graphs = (): Promise<Graphs> =>
    (loaded ??= import("./graphs.ts").then(({ createGraphs }) => createGraphs(config, parts, services)));
  const services: Services = {
    identity: {
      prompts: promptVersions(policies),
      model: modelNameOf(config, parts, "manager"),
      code: packageVersion(),
      seed: config.seed,
    },
    market: parts.market === undefined ? createMarket(config, clock) : checkedMarketData(parts.market),
    artifacts: inMemoryArtifacts(),
    clock,
    seed: config.seed,
    policies,
    factors,
    workers: workerPool(),
    workLog: fileWorkLog(config.home),
    strategies: registerStrategies(parts.strategies ?? []),
    graphs: {
      ask: async (input, ctx) => (await graphs()).ask(input, ctx),
      pipeline: async (input, ctx) => (await graphs()).pipeline(input, ctx),
    },
  };
  return services;
}

function createMarket(config: Config, clock: Clock): MarketData {
  if (config.data === "simulated") return simulatedMarketData({ seed: config.seed, clock });
  const cache = new ColumnCache(join(config.home, "cache", "columns"));
  return csvMarketData(config.data.slice("csv:".length), { cache });
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

function packageVersion(): string {
  const manifest: unknown = JSON.parse(readFileSync(new URL("../package.json", import.meta.url), "utf8"));
  if (typeof manifest === "object" && manifest !== null && "version" in manifest)
    return String(manifest.version);
  throw new Error("package.json has no version");
}
