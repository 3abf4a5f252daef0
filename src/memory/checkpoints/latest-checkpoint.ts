import type { RecordStore } from "../records/record-store.ts";
import { checkpointsOf, placeOfKey, threadPartition } from "./thread-keys.ts";

/** Id of the last checkpoint of a thread's own graph; null where there is none. */
export async function latestCheckpoint(records: RecordStore, threadId: string): Promise<string | null> {
  const range = { prefix: checkpointsOf(""), reverse: true, limit: 1 };
  const [key] = await records.keys(threadPartition(threadId), range);
  return key === undefined ? null : placeOfKey(key).id;
}
