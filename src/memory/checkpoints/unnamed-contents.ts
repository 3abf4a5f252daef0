import type { RecordEntry, RecordStore } from "../records/record-store.ts";
import { ContentReader } from "./content-reader.ts";
import { checkpointIn, writeIn } from "./stored-value.ts";
import { contentKey, CONTENTS, threadPartition } from "./thread-keys.ts";

const KEYS_AT_ONCE = 5_000;

/**
 * Keys of the contents of a thread that none of these checkpoints and writes consists of.
 * @throws ContentGone
 */
export async function unnamedContents(
  store: RecordStore,
  thread: string,
  { checkpoints, writes }: Record<"checkpoints" | "writes", readonly RecordEntry[]>,
): Promise<string[]> {
  const reader = new ContentReader(store, thread);
  await reader.fetch([
    ...checkpoints.flatMap((record) => Object.values(checkpointIn(record).refs)),
    ...writes.map((record) => writeIn(record).ref),
  ]);
  const named = new Set(Array.from(reader.hashes, contentKey));
  return (await contentKeys(store, thread)).filter((key) => !named.has(key));
}

async function contentKeys(store: RecordStore, thread: string): Promise<string[]> {
  const all: string[] = [];
  for (;;) {
    const last = all.at(-1);
    const from = last === undefined ? {} : { after: last };
    const asked = { prefix: CONTENTS, limit: KEYS_AT_ONCE, ...from };
    const some = await store.keys(threadPartition(thread), asked);
    for (const key of some) all.push(key);
    if (some.length < KEYS_AT_ONCE) return all;
  }
}
