import { existsSync } from "node:fs";
import { setTimeout as wait } from "node:timers/promises";
import { type Checkpoint, emptyCheckpoint, uuid6 } from "@langchain/langgraph-checkpoint";
import { randomFrom } from "../../../src/domain/random.ts";
import { RecordSaver } from "../../../src/memory/checkpoints/record-saver.ts";
import { openRecords, type RecordsPlace } from "../../../src/memory/records/open-records.ts";
import type { RecordStore } from "../../../src/memory/records/record-store.ts";
import { OperationLog } from "./operation.ts";
import { areWhole, isWhole, nextState, writesFor } from "./sealed-state.ts";

/** How one process of a storm is told what to do. */
export interface StormCall {
  readonly place: RecordsPlace;
  readonly log: string;
  /** It waits for this file, so that all begin together. */
  readonly go: string;
  readonly name: string;
  readonly threads: number;
  readonly seconds: number;
}

/** How many of its copies a process leaves. */
const COPIES = 5;

const KEEP = 3;

const MOST_STEPS = 8;

/**
 * A process that puts checkpoints of random threads, with pending writes, and sometimes prunes, copies or deletes a
 * thread, together with others that do the same. It ends without closing the store.
 */
const call = JSON.parse(process.argv[2] ?? "") as StormCall;
const log = new OperationLog(call.log);
const records = counting(await openRecords({ ...call.place, clock: { now: Date.now } }));
const saver = new RecordSaver(() => Promise.resolve(records));
const stream = randomFrom(call.name.charCodeAt(0)).fork(call.name);
const random = (): number => stream.uniform();
const copies: string[] = [];
while (!existsSync(call.go)) await wait(10);
const end = performance.now() + 1000 * call.seconds;

for (let number = 0; performance.now() < end; number += 1) {
  // Some threads meet several processes at once, most of them now and then.
  const thread = `thread-${Math.floor(call.threads * random() ** 2)}`;
  const choice = random();
  if (choice < 0.02) await log.note({ kind: "delete", thread }, () => saver.deleteThread(thread));
  else if (choice < 0.08)
    await log.note({ kind: "prune", thread, keep: KEEP }, () => saver.prune(thread, { keep: KEEP }));
  else if (choice < 0.12) await copy(thread, `copy-${call.name}-${number}`);
  else await run(thread, `${call.name}-${number}`);
}
log.close();
process.exit();

/** As a run of a graph does: read the latest checkpoint, then put one after the other, and what the tasks wrote. */
async function run(thread: string, name: string): Promise<void> {
  const tuple = await saver.getTuple({ configurable: { thread_id: thread } });
  if (tuple !== undefined) {
    const { checkpoint, pendingWrites = [] } = tuple;
    if (!isWhole(checkpoint.channel_values) || !areWhole(checkpoint.id, pendingWrites)) {
      throw new Error(`${thread}: what was read of ${checkpoint.id} is not whole`);
    }
  }
  let before = tuple?.checkpoint;
  for (let left = 1 + Math.floor(MOST_STEPS * random()); left > 0; left -= 1) {
    before = await step(thread, `${name}.${left}`, before);
    if (before === undefined) return;
  }
}

async function step(thread: string, by: string, before?: Checkpoint): Promise<Checkpoint | undefined> {
  const values = nextState(before?.channel_values ?? {}, by, random);
  const changed = Object.entries(values).filter(([name, value]) => before?.channel_values[name] !== value);
  const newVersions = Object.fromEntries(
    changed.map(([name]) => [name, Number(before?.channel_versions[name] ?? 0) + 1]),
  );
  const checkpoint: Checkpoint = {
    ...emptyCheckpoint(),
    id: uuid6(0),
    channel_values: values,
    channel_versions: { ...before?.channel_versions, ...newVersions },
  };
  const at = (id?: string) => ({
    configurable: {
      thread_id: thread,
      checkpoint_ns: "",
      ...(id === undefined ? {} : { checkpoint_id: id }),
    },
  });
  const { id } = checkpoint;
  const metadata = { source: "loop" as const, step: 0, parents: {} };
  const put = (): Promise<unknown> => saver.put(at(before?.id), checkpoint, metadata, newVersions);
  if (!(await log.note({ kind: "put", thread, id }, put))) return undefined;
  if (random() < 0.5) {
    await log.note({ kind: "writes", thread, id }, () => saver.putWrites(at(id), writesFor(id, by), by));
  }
  return checkpoint;
}

async function copy(from: string, thread: string): Promise<void> {
  if (await log.note({ kind: "copy", thread, from }, () => saver.copyThread(from, thread)))
    copies.push(thread);
  const old = copies.length > COPIES ? copies.shift() : undefined;
  if (old !== undefined) await log.note({ kind: "delete", thread: old }, () => saver.deleteThread(old));
}

function counting(store: RecordStore): RecordStore {
  return {
    get: async (...asked) => store.get(...asked),
    range: async (...asked) => store.range(...asked),
    keys: async (...asked) => store.keys(...asked),
    write: async (...asked) => {
      const written = await store.write(...asked);
      if (!written) log.refused();
      return written;
    },
    drop: async (...asked) => store.drop(...asked),
    partitions: async (...asked) => store.partitions(...asked),
    close: async () => store.close(),
  };
}
