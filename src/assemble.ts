import { readFileSync } from "node:fs";
import { join } from "node:path";
import { ColumnCache } from "./adapters/columnar/column-cache.ts";
import { csvMarketData } from "./adapters/csv/csv-market-data.ts";
import { simulatedMarketData } from "./adapters/simulated/simulated-market-data.ts";
import { workerPool } from "./adapters/worker-pool/worker-pool.ts";
import type { Services } from "./agents/manager/specialist-tool.ts";
import { checkExtraTools } from "./agents/manager/check-extra-tools.ts";
import { BASE_PROMPTS, instructionsWith, policiesWith, type Prompts, promptsOf } from "./agents/policies.ts";
import type { Config } from "./config.ts";
import { DEFAULT_PRICES } from "./domain/cost/default-prices.ts";
import { type Price, pricesWith } from "./domain/cost/price.ts";
import { registerFactors } from "./domain/alpha/register-factors.ts";
import { registerStrategies } from "./domain/backtest/strategies/register-strategies.ts";
import { checkedMarketData } from "./domain/market/checked-market-data.ts";
import type { Clock, MarketData } from "./domain/ports.ts";
import type { ToldPrompts } from "./domain/prompt/told-prompt.ts";
import type { FinAgentGraphs } from "./graphs.ts";
import { costLedger } from "./memory/costs/cost-ledger.ts";
import { threadArtifacts } from "./memory/thread-artifacts.ts";
import { decisions } from "./memory/long-term/decisions.ts";
import { runJournal, type RunJournal } from "./memory/journal/run-journal.ts";
import { type PromptStore, promptStore } from "./memory/prompts/prompt-store.ts";
import { whatIfVersions } from "./memory/prompts/what-if-versions.ts";
import type { RecordsPlace } from "./memory/records/open-records.ts";
import type { RecordStore } from "./memory/records/record-store.ts";
import { fileWorkLog } from "./memory/work-log.ts";
import { modelNameOf, type RuntimeParts } from "./runtime-parts.ts";
import { secretsOf } from "./secrets.ts";

/** The product, put together, below its surface. */
export interface Assembled {
  /** What every run shares. */
  readonly services: Services;
  /** Version and content hash of what each agent is told. */
  readonly prompts: Prompts;
  readonly versions: PromptStore;
  /** The same with other versions of the prompts: all is shared but what they change, policies, instructions and graphs. */
  readonly with: (told: ToldPrompts) => Assembled;
  readonly journal: RunJournal;
  /** Opens the store when it is first needed. */
  readonly records: () => Promise<RecordStore>;
  readonly graphs: () => Promise<FinAgentGraphs>;
  readonly close: () => Promise<void>;
}

/**
 * The graphs, and with them LangChain, are loaded when the first run needs one.
 * @param whatIf its runs are no decisions: they are not remembered, and put no prompt in force
 * @param told the versions of the prompts; none: those that come with FinAgent
 */
export function assemble(
  config: Config,
  parts: RuntimeParts,
  { whatIf = false, told = {} }: { readonly whatIf?: boolean; readonly told?: ToldPrompts } = {},
): Assembled {
  const clock = parts.clock ?? { now: () => Date.now() };
  let opened: Promise<RecordStore> | undefined;
  const records = (): Promise<RecordStore> =>
    (opened ??= openStore(config, parts, clock).catch((error: unknown) => {
      // A store that was away may be back for the next run.
      opened = undefined;
      throw error;
    }));
  const journal = runJournal({ records, clock, secrets: secretsOf(config) });
  const memory = decisions({ records, clock });
  const nothing = (): Promise<void> => Promise.resolve();
  const factors = registerFactors(parts.factors ?? []);
  checkExtraTools(parts.managerTools ?? []);
  const market = parts.market === undefined ? createMarket(config, clock) : checkedMarketData(parts.market);
  const prompts = { records, clock, bases: BASE_PROMPTS };
  const versions = promptStore(prompts);
  const shared: Omit<Services, "identity" | "policies" | "instructions" | "graphs"> = {
    market,
    artifactsOf: threadArtifacts({ records, market }),
    clock,
    seed: config.seed,
    minModelShare: config.minModelShare,
    factors,
    workers: workerPool(),
    workLog: fileWorkLog(config.home),
    runs: journal.archive,
    costs: costLedger({ records, clock, budget: config.budget, prices: pricesOf(config) }),
    memory: whatIf ? { ...memory, remember: nothing, settle: nothing } : memory,
    strategies: registerStrategies(parts.strategies ?? []),
    prompts: whatIf ? whatIfVersions(prompts) : versions,
  };
  const close = async (): Promise<void> => {
    const held = opened;
    opened = undefined;
    // What the program gave is the program's to close.
    if (parts.records === undefined) await (await held?.catch(() => undefined))?.close();
  };
  const telling = (told: ToldPrompts): Assembled => {
    const policies = policiesWith(parts.policies ?? {}, factors, told);
    const instructions = instructionsWith(parts.instructions ?? {}, told);
    const prompts = promptsOf(policies, instructions, told);
    let loaded: Promise<FinAgentGraphs> | undefined;
    const graphs = (): Promise<FinAgentGraphs> =>
      (loaded ??= import("./graphs.ts").then(({ createGraphs }) =>
        createGraphs(config, parts, services, records),
      ));
    const services: Services = {
      ...shared,
      identity: {
        prompts: Object.fromEntries(Object.entries(prompts).map(([agent, { version }]) => [agent, version])),
        model: modelNameOf(config, parts, "manager"),
        code: packageVersion(),
        seed: config.seed,
      },
      policies,
      instructions,
      graphs: {
        ask: async (input, ctx) => (await graphs()).ask(input, ctx),
        pipeline: async (input, ctx) => (await graphs()).pipeline(input, ctx),
        optimize: async (input, ctx) => (await graphs()).optimize(input, ctx),
      },
    };
    return { services, prompts, versions, with: telling, journal, records, graphs, close };
  };
  return telling(told);
}

/** Loads the driver with the store: who looks up symbols alone needs neither. */
async function openStore(config: Config, parts: RuntimeParts, clock: Clock): Promise<RecordStore> {
  if (parts.records !== undefined) return parts.records;
  const { openRecords } = await import("./memory/records/open-records.ts");
  return openRecords({ ...storePlace(config), clock });
}

export function storePlace({ home, redis }: Config): RecordsPlace {
  return { home, redisUrl: redis.url, prefix: redis.prefix };
}

/** What is built in are the prices of OpenAI's own endpoint: elsewhere a name says nothing of them. */
function pricesOf({ prices, openai }: Config): readonly Price[] {
  return pricesWith(prices, openai.baseUrl === undefined ? DEFAULT_PRICES : []);
}

function createMarket(config: Config, clock: Clock): MarketData {
  if (config.data === "simulated") return simulatedMarketData({ seed: config.seed, clock });
  const cache = new ColumnCache(join(config.home, "cache", "columns"));
  return csvMarketData(config.data.slice("csv:".length), { cache });
}

function packageVersion(): string {
  const manifest: unknown = JSON.parse(readFileSync(new URL("../package.json", import.meta.url), "utf8"));
  if (typeof manifest === "object" && manifest !== null && "version" in manifest)
    return String(manifest.version);
  throw new Error("package.json has no version");
}
