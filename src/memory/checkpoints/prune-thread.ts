import { FinAgentError } from "../../domain/errors.ts";
import type { RecordEntry, RecordStore } from "../records/record-store.ts";
import { keepOnly } from "./keep-only.ts";
import { checkpointIn } from "./stored-value.ts";
import { recordsWith, withThreadAtRest } from "./thread-at-rest.ts";
import { checkpointKey, CHECKPOINTS, placeOfKey, WRITES } from "./thread-keys.ts";

/**
 * Keeps the latest checkpoints of a thread, and what they need.
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
  return withThreadAtRest(store, thread, async (unwritten) => {
    if (unwritten.epoch === null) return 0;
    const [checkpoints, writes] = [
      await recordsWith(store, thread, CHECKPOINTS),
      await recordsWith(store, thread, WRITES),
    ];
    const kept = keptOf(checkpoints, keep);
    const isKept = ({ key }: RecordEntry): boolean => {
      const { namespace, id } = placeOfKey(key);
      return kept.has(checkpointKey(namespace, id));
    };
    const pruned = await keepOnly(store, thread, { checkpoints, writes, isKept }, unwritten);
    return pruned && checkpoints.length - kept.size;
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
