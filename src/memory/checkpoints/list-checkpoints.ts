import { isDeepStrictEqual } from "node:util";
import type { RunnableConfig } from "@langchain/core/runnables";
import type { CheckpointListOptions, CheckpointTuple } from "@langchain/langgraph-checkpoint";
import type { RecordEntry, RecordStore } from "../records/record-store.ts";
import { type Named, namedIn } from "./config-place.ts";
import { readTuples } from "./read-tuples.ts";
import { checkpointIn } from "./stored-value.ts";
import {
  checkpointKey,
  CHECKPOINTS,
  checkpointsOf,
  placeOfKey,
  threadPartition,
  THREADS,
} from "./thread-keys.ts";
import { unpack } from "./unpack.ts";

/** Checkpoints of which the records are read at once. */
const RECORDS_AT_ONCE = 64;

/** Checkpoints of which all that they hold is read at once. */
const WHOLE_AT_ONCE = 8;

const THREADS_AT_ONCE = 256;

/** Checkpoints that fit, of each namespace the latest first; where no thread is named, those of all threads. */
export async function* listCheckpoints(
  store: RecordStore,
  config: RunnableConfig,
  { limit, before, filter }: CheckpointListOptions,
): AsyncGenerator<CheckpointTuple> {
  const wanted = namedIn(config);
  const end = before === undefined ? undefined : namedIn(before).id;
  let left = limit ?? Infinity;
  for await (const thread of threadsOf(store, wanted)) {
    let chosen: RecordEntry[] = [];
    for await (const record of recordsOf(store, thread, wanted, end)) {
      if (chosen.length === Math.min(left, WHOLE_AT_ONCE)) {
        const tuples = await readTuples(store, thread, chosen);
        yield* tuples;
        left -= tuples.length;
        chosen = [];
        if (left <= 0) return;
      }
      if (await fits(record, filter)) chosen.push(record);
    }
    yield* await readTuples(store, thread, chosen);
    left -= chosen.length;
    if (left <= 0) return;
  }
}

async function* threadsOf(store: RecordStore, { thread }: Named): AsyncGenerator<string> {
  if (thread !== undefined) {
    yield thread;
    return;
  }
  for (let after: string | undefined; ;) {
    const from = after === undefined ? {} : { after };
    const threads = await store.partitions(THREADS, { prefix: "", limit: THREADS_AT_ONCE, ...from });
    yield* threads;
    after = threads.at(-1);
    if (threads.length < THREADS_AT_ONCE) return;
  }
}

async function* recordsOf(
  store: RecordStore,
  thread: string,
  { namespace, id }: Named,
  end: string | undefined,
): AsyncGenerator<RecordEntry> {
  const prefix = namespace === undefined ? CHECKPOINTS : checkpointsOf(namespace);
  let after = namespace === undefined || end === undefined ? undefined : checkpointKey(namespace, end);
  for (;;) {
    const from = after === undefined ? {} : { after };
    const range = { prefix, reverse: true, limit: RECORDS_AT_ONCE, ...from };
    const records = await store.range(threadPartition(thread), range);
    for (const record of records) {
      const held = placeOfKey(record.key).id;
      if ((id === undefined || held === id) && (end === undefined || held < end)) yield record;
    }
    after = records.at(-1)?.key;
    if (records.length < RECORDS_AT_ONCE) return;
  }
}

async function fits(record: RecordEntry, filter: Readonly<Record<string, unknown>> = {}): Promise<boolean> {
  const wanted = Object.entries(filter);
  if (wanted.length === 0) return true;
  const stored = checkpointIn(record);
  const metadata = await unpack(stored.metadata);
  return wanted.every(([name, held]) => isDeepStrictEqual(Reflect.get(metadata as object, name), held));
}
