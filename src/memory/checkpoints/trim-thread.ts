import type { RecordStore } from "../records/record-store.ts";
import { freshMark } from "./fresh-mark.ts";
import {
  checkpointKey,
  CHECKPOINTS,
  EPOCH,
  LATEST_WRITE,
  placeOfKey,
  threadPartition,
  WRITES,
} from "./thread-keys.ts";

/**
 * Takes a thread back to a checkpoint, as it was when that was written: later ones go, and what was done behind it. Ids
 * of checkpoints are in the order of their times, in all namespaces.
 * @returns whether it has that checkpoint; otherwise nothing is changed
 */
export async function trimThread(store: RecordStore, thread: string, checkpoint: string): Promise<boolean> {
  const partition = threadPartition(thread);
  const key = checkpointKey("", checkpoint);
  const [held = null] = await store.get(partition, [key]);
  if (held === null) return false;
  const [checkpoints, writes] = await Promise.all([
    store.keys(partition, { prefix: CHECKPOINTS }),
    store.keys(partition, { prefix: WRITES }),
  ]);
  const gone = [
    ...checkpoints.filter((key) => placeOfKey(key).id > checkpoint),
    ...writes.filter((key) => placeOfKey(key).id >= checkpoint),
  ];
  const put = [EPOCH, LATEST_WRITE].map((key) => ({ key, value: freshMark() }));
  return store.write(partition, { put, delete: gone, expect: [{ key, value: held }] });
}
