import { appendFileSync } from "node:fs";
import { simulatedMarketData } from "../../../src/adapters/simulated/simulated-market-data.ts";
import { loadConfig } from "../../../src/config.ts";
import type { MarketData } from "../../../src/domain/ports.ts";
import { openRecords } from "../../../src/memory/records/open-records.ts";
import type { Batch, Partition, RecordStore } from "../../../src/memory/records/record-store.ts";
import { createRuntime, type Runtime } from "../../../src/runtime.ts";
import { plantedMarket } from "../planted-market.ts";
import type { KilledRun } from "./kill-point.ts";

const CLOCK = { now: () => Date.now() };

const MARKETS = new Map<string, MarketData>();

/** The market of all runs of a tool, made once for a process. */
function marketFor({ tool }: KilledRun): MarketData {
  const held = MARKETS.get(tool);
  if (held !== undefined) return held;
  const made =
    tool === "optimize_agent_prompts"
      ? plantedMarket(1, { symbols: 6, from: "2017-01-03" })
      : simulatedMarketData({ seed: 1, clock: { now: () => Date.UTC(2026, 0, 2) } });
  MARKETS.set(tool, made);
  return made;
}

/** The store of a run, as it is. */
export async function storeOf({ home, redisUrl, prefix }: KilledRun): Promise<RecordStore> {
  return openRecords({ home, prefix, clock: CLOCK, ...(redisUrl === null ? {} : { redisUrl }) });
}

/** A runtime for the run; `killed` ends it at its point. The alpha agent asks a model, as the manager does. */
export async function killRuntime(
  run: KilledRun,
  { killed, wrap = (store) => store }: { killed: boolean; wrap?: (store: RecordStore) => RecordStore },
): Promise<{ runtime: Runtime; records: RecordStore; told(line: string): void }> {
  const told = (line: string): void => appendFileSync(run.log, `${line}\n`);
  const at = (kind: string, n: number, when?: string): void => {
    const { point } = run;
    const here = point.at === kind && "n" in point && point.n === n;
    if (!killed || !here || (point.at === "write" && point.when !== when)) return;
    process.kill(process.pid, "SIGKILL");
  };

  const store = wrap(await storeOf(run));
  let writes = 0;
  const records: RecordStore = {
    get: async (...asked) => store.get(...asked),
    range: async (...asked) => store.range(...asked),
    keys: async (...asked) => store.keys(...asked),
    partitions: async (...asked) => store.partitions(...asked),
    drop: async (...asked) => store.drop(...asked),
    close: async () => store.close(),
    write: async (partition, batch) => {
      writes += 1;
      const n = writes;
      at("write", n, "before");
      const written = await store.write(partition, batch);
      const keys = (batch.put ?? []).map(({ key }) => key);
      if (written) told(`write ${n} ${nameOf(partition, batch)}\t${JSON.stringify({ partition, keys })}`);
      at("write", n, "after");
      return written;
    },
  };

  let reads = 0;
  const own = marketFor(run);
  const config = loadConfig(
    {
      home: run.home,
      model: "openai:test",
      models: { data: "offline", risk: "offline", portfolio: "offline", backtest: "offline" },
      openai: { baseUrl: run.baseUrl, timeoutSeconds: 20, maxRetries: 0 },
    },
    {},
    "no-such-file.yaml",
  );
  const runtime = createRuntime(config, {
    records,
    market: {
      ...own,
      series: async (...asked) => {
        reads += 1;
        told(`bars ${reads}`);
        at("bars", reads);
        return own.series(...asked);
      },
    },
  });
  return { runtime, records, told };
}

/** What a write is about, e.g. `thread c w2 o5`: the kinds of its keys, with how many of each. */
function nameOf({ kind }: Partition, { put = [] }: Batch): string {
  const kinds = Map.groupBy(put, ({ key }) => /^[^/]*/.exec(key)?.[0] ?? "");
  kinds.delete("latest-write");
  return [kind, ...Array.from(kinds, ([name, all]) => `${name}${all.length > 1 ? all.length : ""}`)].join(
    " ",
  );
}
