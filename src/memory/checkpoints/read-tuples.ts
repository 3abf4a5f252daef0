import {
  type ChannelVersions,
  type Checkpoint,
  type CheckpointMetadata,
  type CheckpointPendingWrite,
  type CheckpointTuple,
  maxChannelVersion,
  TASKS,
} from "@langchain/langgraph-checkpoint";
import type { RecordEntry, RecordStore } from "../records/record-store.ts";
import { configFor } from "./config-place.ts";
import { ContentGone, ContentReader } from "./content-reader.ts";
import { checkpointIn, type StoredCheckpoint, type StoredWrite, writeIn } from "./stored-value.ts";
import { placeOfKey, threadPartition, writesOf } from "./thread-keys.ts";
import type { ThreadMemory } from "./thread-memory.ts";
import { unpack } from "./unpack.ts";

/** Until this version of LangGraph's format, what was sent to nodes stood in the writes of the checkpoint before. */
const SENDS_IN_PARENT_BEFORE = 4;

interface Wanted {
  readonly place: { readonly namespace: string; readonly id: string };
  readonly stored: StoredCheckpoint;
  readonly writes: readonly [task: string, StoredWrite][];
  readonly sends: readonly [task: string, StoredWrite][];
}

/**
 * Checkpoints from their records, whole; those that others deleted meanwhile are left out.
 * @param memory learns what is read; of an epoch that was read before
 */
export async function readTuples(
  store: RecordStore,
  thread: string,
  records: readonly RecordEntry[],
  memory?: ThreadMemory,
): Promise<CheckpointTuple[]> {
  const wanted = await Promise.all(records.map(async (record) => wantedOf(store, thread, record)));
  const refs = wanted.flatMap(({ stored, writes, sends }) => [
    ...Object.values(stored.refs),
    ...writes.map(([, { ref }]) => ref),
    ...sends.map(([, { ref }]) => ref),
  ]);
  try {
    const values = await new ContentReader(store, thread, memory).read(refs);
    let read = 0;
    return await Promise.all(wanted.map(async (one) => tupleOf(thread, one, () => values[read++])));
  } catch (error) {
    if (!(error instanceof ContentGone)) throw error;
    const left = await stillThere(store, thread, records);
    // All are there, and one of them is not whole: nobody deletes contents of what stays.
    if (left.length === records.length) throw error;
    return readTuples(store, thread, left, memory);
  }
}

async function stillThere(
  store: RecordStore,
  thread: string,
  records: readonly RecordEntry[],
): Promise<RecordEntry[]> {
  const values = await store.get(
    threadPartition(thread),
    records.map(({ key }) => key),
  );
  return records.filter((_, k) => values[k] !== null);
}

async function wantedOf(store: RecordStore, thread: string, record: RecordEntry): Promise<Wanted> {
  const place = placeOfKey(record.key);
  const stored = checkpointIn(record);
  const format: unknown = Reflect.get(stored.checkpoint, "v");
  const migrates =
    typeof format === "number" && format < SENDS_IN_PARENT_BEFORE && stored.parent !== undefined;
  const [writes, before] = await Promise.all([
    readWrites(store, thread, place),
    migrates ? readWrites(store, thread, { ...place, id: stored.parent }) : [],
  ]);
  return { place, stored, writes, sends: before.filter(([, { channel }]) => channel === TASKS) };
}

async function readWrites(
  store: RecordStore,
  thread: string,
  { namespace, id }: { namespace: string; id: string },
): Promise<[string, StoredWrite][]> {
  const records = await store.range(threadPartition(thread), { prefix: writesOf(namespace, id) });
  return records.map((record) => [placeOfKey(record.key).task, writeIn(record)]);
}

/** @param next the values of its channels, writes and sends, one after the other */
async function tupleOf(
  thread: string,
  { place: { namespace, id }, stored, writes, sends }: Wanted,
  next: () => unknown,
): Promise<CheckpointTuple> {
  const values = Object.keys(stored.refs).map((name) => [name, next()] as const);
  const pendingWrites = writes.map(([task, { channel }]): CheckpointPendingWrite => [task, channel, next()]);
  const sent = sends.map(next);
  const [rest, metadata] = await Promise.all([unpack(stored.checkpoint), unpack(stored.metadata)]);
  const checkpoint = { ...(rest as Checkpoint), channel_values: Object.fromEntries(values) };
  const { parent } = stored;
  return {
    config: configFor({ thread, namespace, id }),
    checkpoint: sent.length === 0 ? checkpoint : withSends(checkpoint, sent),
    metadata: metadata as CheckpointMetadata,
    pendingWrites,
    ...(parent === undefined ? {} : { parentConfig: configFor({ thread, namespace, id: parent }) }),
  };
}

function withSends(checkpoint: Checkpoint, sent: unknown[]): Checkpoint {
  const versions: ChannelVersions = checkpoint.channel_versions;
  const all = Object.values(versions);
  return {
    ...checkpoint,
    channel_values: { ...checkpoint.channel_values, [TASKS]: sent },
    channel_versions: { ...versions, [TASKS]: all.length > 0 ? maxChannelVersion(...all) : 1 },
  };
}
