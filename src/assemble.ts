import { readFileSync } from "node:fs";
import { join } from "node:path";
import { ColumnCache } from "./adapters/columnar/column-cache.ts";
import { csvMarketData } from "./adapters/csv/csv-market-data.ts";
import { simulatedMarketData } from "./adapters/simulated/simulated-market-data.ts";
import { workerPool } from "./adapters/worker-pool/worker-pool.ts";
import type { Services } from "./agents/manager/specialist-tool.ts";
import { checkExtraTools } from "./agents/manager/check-extra-tools.ts";
import { policiesWith, type Prompts, promptsOf, promptVersions } from "./agents/policies.ts";
import type { Config } from "./config.ts";
import { registerFactors } from "./domain/alpha/register-factors.ts";
import { registerStrategies } from "./domain/backtest/strategies/register-strategies.ts";
import { checkedMarketData } from "./domain/market/checked-market-data.ts";
import type { Clock, MarketData } from "./domain/ports.ts";
import type { FinAgentGraphs } from "./graphs.ts";
import { threadArtifacts } from "./memory/thread-artifacts.ts";
import { decisions } from "./memory/long-term/decisions.ts";
import { runJournal, type RunJournal } from "./memory/journal/run-journal.ts";
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
  readonly journal: RunJournal;
  /** Opens the store when it is first needed. */
  readonly records: () => Promise<RecordStore>;
  readonly graphs: () => Promise<FinAgentGraphs>;
  readonly close: () => Promise<void>;
}

/**
 * The graphs, and with them LangChain, are loaded when the first run needs one.
 * @param whatIf its runs are no decisions: they are not remembered
 */
export function assemble(config: Config, parts: RuntimeParts, { whatIf = false } = {}): Assembled {
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
  const policies = policiesWith(parts.policies ?? {}, factors);
  const instructions = parts.instructions ?? {};
  checkExtraTools(parts.managerTools ?? []);
  const market = parts.market === undefined ? createMarket(config, clock) : checkedMarketData(parts.market);
  let loaded: Promise<FinAgentGraphs> | undefined;
  const graphs = (): Promise<FinAgentGraphs> =>
    (loaded ??= import("./graphs.ts").then(({ createGraphs }) =>
      createGraphs(config, parts, services, records),
    ));
  const services: Services = {
    identity: {
      prompts: promptVersions(policies, instructions),
      model: modelNameOf(config, parts, "manager"),
      code: packageVersion(),
      seed: config.seed,
    },
    market,
    artifactsOf: threadArtifacts({ records, market }),
    clock,
    seed: config.seed,
    policies,
    instructions,
    factors,
    workers: workerPool(),
    workLog: fileWorkLog(config.home),
    runs: journal.archive,
    memory: whatIf ? { ...memory, remember: nothing, settle: nothing } : memory,
    strategies: registerStrategies(parts.strategies ?? []),
    graphs: {
      ask: async (input, ctx) => (await graphs()).ask(input, ctx),
      pipeline: async (input, ctx) => (await graphs()).pipeline(input, ctx),
    },
  };
  const close = async (): Promise<void> => {
    const held = opened;
    opened = undefined;
    // What the program gave is the program's to close.
    if (parts.records === undefined) await (await held?.catch(() => undefined))?.close();
  };
  return { services, prompts: promptsOf(policies, instructions), journal, records, graphs, close };
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
