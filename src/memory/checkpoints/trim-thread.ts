import type { RecordEntry, RecordStore } from "../records/record-store.ts";
import { keepOnly } from "./keep-only.ts";
import { recordsWith, withThreadAtRest } from "./thread-at-rest.ts";
import { checkpointKey, CHECKPOINTS, placeOfKey, WRITES } from "./thread-keys.ts";

/**
 * Takes a thread back to a checkpoint, as it was when that was written: later ones go, what was done behind it, and the
 * contents that only those named. Ids of checkpoints are in the order of their times, in all namespaces.
 * @param checkpoint null: as it was before its first
 * @returns whether it has that checkpoint; otherwise nothing is changed
 * @throws FinAgentError STORE_BUSY where others write it all the time
 */
export async function trimThread(
  store: RecordStore,
  thread: string,
  checkpoint: string | null,
): Promise<boolean> {
  const outcome = await withThreadAtRest<"trimmed" | "absent">(store, thread, async (unwritten) => {
    const checkpoints = await recordsWith(store, thread, CHECKPOINTS);
    const here = checkpoint === null ? null : checkpointKey("", checkpoint);
    if (here !== null && !checkpoints.some(({ key }) => key === here)) return "absent";
    const writes = await recordsWith(store, thread, WRITES);
    const isKept = ({ key }: RecordEntry): boolean => {
      if (checkpoint === null) return false;
      const { id } = placeOfKey(key);
      return id < checkpoint || (id === checkpoint && key.startsWith(CHECKPOINTS));
    };
    return (await keepOnly(store, thread, { checkpoints, writes, isKept }, unwritten)) && "trimmed";
  });
  return outcome === "trimmed";
}
