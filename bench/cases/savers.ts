import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { MemorySaver } from "@langchain/langgraph";
import type { BaseCheckpointSaver } from "@langchain/langgraph-checkpoint";
import { createClient } from "redis";
import { RecordSaver } from "../../src/memory/checkpoints/record-saver.ts";
import { openRecords } from "../../src/memory/records/open-records.ts";
import type { RecordStore } from "../../src/memory/records/record-store.ts";
import { fiveNodeGraph, fixedState, NODES } from "../../tests/support/five-node-graph.ts";
import { startRedis } from "../../tests/support/redis-server.ts";
import { median } from "../paired.ts";
import { quantile } from "../quantile.ts";
import { inMs, type Table, times } from "../table.ts";

const TURNS = 40;
const LONG_TURNS = 200;
const REPEATS = 7;
const LONG_REPEATS = 3;
const FIFTH = LONG_TURNS / 5;
const UNRELATED_KEYS = 200_000;

/** What the store was asked to do. */
interface Traffic {
  trips: number;
  bytes: number;
  /** Of each write, from the call to the answer, in milliseconds. */
  readonly latencies: number[];
}

interface Saver {
  readonly name: string;
  make(traffic: Traffic): BaseCheckpointSaver | undefined;
}

interface Measured {
  /** Of each turn, in milliseconds. */
  readonly turns: readonly number[];
  readonly traffic: Traffic;
}

/** LangGraph's super-steps per second with nothing kept, in memory, and in our two stores. */
export async function run(): Promise<Table> {
  const home = mkdtempSync(join(tmpdir(), "finagent-bench-"));
  const server = await startRedis(["--appendonly", "no"]);
  const clock = { now: () => Date.now() };
  const embedded = await openRecords({ home, prefix: "bench", clock });
  const redis = await openRecords({ home, prefix: "bench", redisUrl: server.url, clock });
  const over = (records: RecordStore) => (traffic: Traffic) =>
    new RecordSaver(() => Promise.resolve(observed(records, traffic)));
  const savers: Saver[] = [
    { name: "no saver", make: () => undefined },
    { name: "MemorySaver", make: () => new MemorySaver() },
    { name: "ours, embedded", make: over(embedded) },
    { name: "ours, Redis", make: over(redis) },
  ];
  try {
    const short = await inTurn(savers, TURNS, REPEATS);
    const long = await inTurn(savers, LONG_TURNS, LONG_REPEATS);
    await fill(server.url);
    const crowded = {
      name: `ours, Redis with ${UNRELATED_KEYS.toLocaleString("en")} other keys`,
      make: over(redis),
    };
    const [memory, none] = [savers[1], savers[0]];
    const again = await inTurn(
      [none, memory, crowded].filter((one) => one !== undefined),
      TURNS,
      REPEATS,
    );
    const againLong = await inTurn([crowded], LONG_TURNS, LONG_REPEATS);
    return tableOf([
      ...savers.map(({ name }) => row(name, short, long)),
      row(crowded.name, again, againLong),
    ]);
  } finally {
    await Promise.all([embedded.close(), redis.close()]);
    await server.remove();
    rmSync(home, { recursive: true });
  }
}

function tableOf(rows: string[][]): Table {
  return {
    title: "Checkpoints",
    about:
      `A graph of five nodes in a row, 100 kB of state that stays, a message of 300 characters from each node. Steps per second: ` +
      `median of ${REPEATS} threads of ${TURNS} turns (${TURNS * NODES} steps), the savers in turn; the ratio to MemorySaver is of neighbouring ` +
      `threads. The last columns: median of ${LONG_REPEATS} threads of ${LONG_TURNS} turns (${LONG_TURNS * NODES} steps). Reading the conversation at the ` +
      `begin of a turn is counted in the steps, not in the writes. Over Redis a write takes as long as until the process, ` +
      `which goes on with the next step meanwhile, has time for the answer.`,
    header: [
      "",
      "steps/s",
      "of MemorySaver's",
      "trips/step",
      "bytes/step",
      "write p50",
      "p99",
      "steps 1-200: steps/s",
      "801-1,000",
      "last to first",
      "writes 1-200: mean",
      "801-1,000",
    ],
    rows,
  };
}

function row(name: string, short: Map<string, Measured[]>, long: Map<string, Measured[]>): string[] {
  const runs = short.get(name) ?? [];
  const memory = short.get("MemorySaver") ?? [];
  const lasting = long.get(name) ?? [];
  const steps = TURNS * NODES;
  const rates = runs.map(rateOf);
  const ratio = median(rates.map((rate, k) => rate / rateOf(memory[k])));
  const latencies = runs.flatMap(({ traffic }) => traffic.latencies);
  const perStep = (count: (traffic: Traffic) => number): string =>
    latencies.length === 0
      ? ""
      : Math.round(median(runs.map(({ traffic }) => count(traffic) / steps)) * 10) / 10 + "";
  const first = median(lasting.map(({ turns }) => mean(turns.slice(0, FIFTH))));
  const last = median(lasting.map(({ turns }) => mean(turns.slice(-FIFTH))));
  const writes = (part: (latencies: number[], fifth: number) => number[]): number =>
    median(
      lasting.map(({ traffic: { latencies } }) => mean(part(latencies, Math.round(latencies.length / 5)))),
    );
  const inMicroseconds = (ms: number): string => (Number.isNaN(ms) ? "" : `${(1000 * ms).toFixed(0)} µs`);
  return [
    name,
    median(rates).toFixed(0),
    times(ratio),
    perStep(({ trips }) => trips),
    perStep(({ bytes }) => bytes),
    inMicroseconds(quantile(latencies, 0.5)),
    Number.isNaN(quantile(latencies, 0.99)) ? "" : inMs(quantile(latencies, 0.99)),
    ((1000 * NODES) / first).toFixed(0),
    ((1000 * NODES) / last).toFixed(0),
    times(first / last),
    inMicroseconds(writes((latencies, fifth) => latencies.slice(0, fifth))),
    inMicroseconds(writes((latencies, fifth) => latencies.slice(-fifth))),
  ];
}

/** Each saver once, then all of them again: what disturbs the machine disturbs all. */
async function inTurn(
  savers: readonly Saver[],
  turns: number,
  repeats: number,
): Promise<Map<string, Measured[]>> {
  const found = new Map<string, Measured[]>(savers.map(({ name }) => [name, []]));
  for (let repeat = -1; repeat < repeats; repeat += 1) {
    for (const saver of savers) {
      const measured = await converse(saver, repeat < 0 ? Math.min(turns, TURNS) : turns);
      if (repeat >= 0) found.get(saver.name)?.push(measured);
    }
  }
  return found;
}

async function converse({ make }: Saver, count: number): Promise<Measured> {
  const traffic: Traffic = { trips: 0, bytes: 0, latencies: [] };
  const saver = make(traffic);
  const graph = fiveNodeGraph(saver);
  const config = { configurable: { thread_id: `thread-${performance.now()}` } };
  const turns: number[] = [];
  let state: object = { fixed: fixedState() };
  for (let turn = 0; turn < count; turn += 1) {
    const begin = performance.now();
    const after = await graph.invoke({ ...state, turn }, config);
    // Without a saver the conversation goes on with what the last turn returned.
    state = saver === undefined ? after : {};
    turns.push(performance.now() - begin);
  }
  await saver?.deleteThread(config.configurable.thread_id);
  return { turns, traffic };
}

function observed(records: RecordStore, traffic: Traffic): RecordStore {
  const counting =
    <A extends unknown[], R>(work: (...given: A) => R) =>
    (...given: A): R => {
      traffic.trips += 1;
      return work(...given);
    };
  return {
    get: counting((partition, keys) => records.get(partition, keys)),
    range: counting((partition, range) => records.range(partition, range)),
    keys: counting((partition, range) => records.keys(partition, range)),
    write: counting(async (partition, batch) => {
      for (const { key, value } of batch.put ?? []) traffic.bytes += Buffer.byteLength(key) + value.length;
      const begin = performance.now();
      const written = await records.write(partition, batch);
      traffic.latencies.push(performance.now() - begin);
      return written;
    }),
    drop: (partition) => records.drop(partition),
    partitions: counting((kind, range) => records.partitions(kind, range)),
    close: () => records.close(),
  };
}

async function fill(url: string): Promise<void> {
  const client = await createClient({ url }).connect();
  const value = "x".repeat(100);
  for (let from = 0; from < UNRELATED_KEYS; from += 10_000) {
    await Promise.all(Array.from({ length: 10_000 }, (_, k) => client.set(`other:${from + k}`, value)));
  }
  await client.close();
}

const rateOf = (measured: Measured | undefined): number =>
  measured === undefined
    ? NaN
    : (measured.turns.length * NODES) / (mean(measured.turns) * measured.turns.length * 0.001);

const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;
