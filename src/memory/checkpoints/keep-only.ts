import type { RecordEntry, RecordStore } from "../records/record-store.ts";
import { ContentGone } from "./content-reader.ts";
import { freshMark } from "./fresh-mark.ts";
import type { Unwritten } from "./thread-at-rest.ts";
import { EPOCH, LATEST_WRITE, threadPartition } from "./thread-keys.ts";
import { unnamedContents } from "./unnamed-contents.ts";

interface Held {
  /** All of the thread. */
  readonly checkpoints: readonly RecordEntry[];
  readonly writes: readonly RecordEntry[];
  readonly isKept: (record: RecordEntry) => boolean;
}

/**
 * Takes from a thread at rest the checkpoints and writes that are not kept, and the contents that only those named. One
 * atomic write, with a new epoch: who knew contents to be stored has to look again.
 * @returns false where the thread was written meanwhile; then nothing is changed
 */
export async function keepOnly(
  store: RecordStore,
  thread: string,
  { checkpoints, writes, isKept }: Held,
  { expect }: Pick<Unwritten, "expect">,
): Promise<boolean> {
  const kept = { checkpoints: checkpoints.filter(isKept), writes: writes.filter(isKept) };
  const gone = [...checkpoints, ...writes].filter((record) => !isKept(record)).map(({ key }) => key);
  try {
    gone.push(...(await unnamedContents(store, thread, kept)));
  } catch (error) {
    if (error instanceof ContentGone && !(await store.write(threadPartition(thread), { expect })))
      return false;
    throw error;
  }
  if (gone.length === 0) return true;
  const put = [EPOCH, LATEST_WRITE].map((key) => ({ key, value: freshMark() }));
  return store.write(threadPartition(thread), { put, delete: gone, expect });
}
