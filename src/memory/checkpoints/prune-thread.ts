import { FinAgentError } from "../../domain/errors.ts";
import type { RecordEntry, RecordStore } from "../records/record-store.ts";
import { ContentGone, ContentReader } from "./content-reader.ts";
import { freshMark } from "./fresh-mark.ts";
import type { StoredCheckpoint, StoredWrite } from "./stored-value.ts";
import { recordsWith, withThreadAtRest } from "./thread-at-rest.ts";
import {
  checkpointKey,
  CHECKPOINTS,
  contentKey,
  CONTENTS,
  EPOCH,
  LATEST_WRITE,
  placeOfKey,
  threadPartition,
  WRITES,
} from "./thread-keys.ts";

const KEYS_AT_ONCE = 5_000;

/**
 * Keeps the latest checkpoints of a thread, and what they need. One atomic write, with a new epoch: who knew contents
 * to be stored has to look again.
 * @param keep how many, of the graph itself and of each subgraph that remembers from call to call
 * @returns how many checkpoints were deleted
 * @throws FinAgentError BAD_ARGUMENT where none would be left
 */
export async function pruneThread(store: RecordStore, thread: string, keep: number): Promise<number> {
  if (!Number.isInteger(keep) || keep < 1) {
    throw new FinAgentError("BAD_ARGUMENT", `A thread cannot be pruned to ${keep} checkpoints.`, {
      hint: "Keep at least one, or delete the thread.",
    });
  }
  return withThreadAtRest(store, thread, async ({ epoch, expect }) => {
    if (epoch === null) return 0;
    const [checkpoints, writes] = [
      await recordsWith(store, thread, CHECKPOINTS),
      await recordsWith(store, thread, WRITES),
    ];
    const kept = keptOf(checkpoints, keep);
    const isKept = ({ key }: RecordEntry): boolean => {
      const { namespace, id } = placeOfKey(key);
      return kept.has(checkpointKey(namespace, id));
    };
    const reader = new ContentReader(store, thread);
    try {
      await reader.fetch([
        ...checkpoints.filter(isKept).flatMap((record) => Object.values(checkpointIn(record).refs)),
        ...writes.filter(isKept).map((record) => writeIn(record).ref),
      ]);
    } catch (error) {
      if (error instanceof ContentGone && !(await store.write(threadPartition(thread), { expect })))
        return false;
      throw error;
    }
    const needed = new Set(Array.from(reader.hashes, contentKey));
    const contents = await keysWith(store, thread, CONTENTS);
    const gone = [...checkpoints, ...writes].filter((record) => !isKept(record)).map(({ key }) => key);
    gone.push(...contents.filter((key) => !needed.has(key)));
    if (gone.length === 0) return 0;
    const put = [EPOCH, LATEST_WRITE].map((key) => ({ key, value: freshMark() }));
    const written = await store.write(threadPartition(thread), { put, delete: gone, expect });
    return written && checkpoints.length - kept.size;
  });
}

/** Keys of the checkpoints that stay. */
function keptOf(records: readonly RecordEntry[], keep: number): Set<string> {
  const all = new Map(records.map((record) => [record.key, lineageOf(record)]));
  const latest = Array.from(Map.groupBy(all.keys(), (key) => placeOfKey(key).namespace))
    .filter(([namespace]) => !isOfOneTask(namespace))
    .flatMap(([, keys]) => keys.slice(-keep));
  const kept = new Set(latest);
  for (const [key, { callers }] of all) {
    if (isOfOneTask(placeOfKey(key).namespace) && callers.every((caller) => kept.has(caller))) kept.add(key);
  }
  for (const key of kept) {
    const { needsParent, parent } = all.get(key) ?? {};
    // A set goes on with what is added to it on the way: so all ancestors that are needed are found.
    if (needsParent === true && parent !== undefined && all.has(parent)) kept.add(parent);
  }
  return kept;
}

/** A subgraph that begins anew with every call has the task's name in its namespace. */
const isOfOneTask = (namespace: string): boolean => namespace.includes(":");

interface Lineage {
  readonly parent: string | undefined;
  /** A channel that stores only what was added is computed from the checkpoints before. */
  readonly needsParent: boolean;
  /** Checkpoints of the graphs that called this one, as far as they remember from call to call. */
  readonly callers: readonly string[];
}

function lineageOf(record: RecordEntry): Lineage {
  const { metadata, parent } = checkpointIn(record);
  const { parents = {}, counters_since_delta_snapshot: added } = metadata;
  return {
    parent: parent === undefined ? undefined : checkpointKey(placeOfKey(record.key).namespace, parent),
    needsParent: added !== undefined,
    callers: Object.entries(parents)
      .filter(([namespace]) => !isOfOneTask(namespace))
      .map(([namespace, id]) => checkpointKey(namespace, id)),
  };
}

async function keysWith(store: RecordStore, thread: string, prefix: string): Promise<string[]> {
  const all: string[] = [];
  for (;;) {
    const last = all.at(-1);
    const from = last === undefined ? {} : { after: last };
    const some = await store.keys(threadPartition(thread), { prefix, limit: KEYS_AT_ONCE, ...from });
    for (const key of some) all.push(key);
    if (some.length < KEYS_AT_ONCE) return all;
  }
}

function checkpointIn({ value }: RecordEntry): StoredCheckpoint {
  return JSON.parse(Buffer.from(value).toString()) as StoredCheckpoint;
}

function writeIn({ value }: RecordEntry): StoredWrite {
  return JSON.parse(Buffer.from(value).toString()) as StoredWrite;
}
