import type { RecordStore } from "../../src/memory/records/record-store.ts";

/** A store that meets a fault just before it is given the n-th checkpoint (counted from 0), and notes what it kept. */
export function failingAt(
  inner: RecordStore,
  n: number,
  fault: () => Promise<unknown>,
): { readonly store: RecordStore; readonly kept: ReadonlyMap<string, readonly string[]> } {
  const kept = new Map<string, string[]>();
  let count = 0;
  const store: RecordStore = {
    get: async (...asked) => inner.get(...asked),
    range: async (...asked) => inner.range(...asked),
    keys: async (...asked) => inner.keys(...asked),
    write: async (partition, batch) => {
      const puts = (batch.put ?? []).map(({ key }) => key);
      if (puts.some((key) => key.startsWith("c/")) && count++ === n) await fault();
      const written = await inner.write(partition, batch);
      if (written && partition.kind === "thread") {
        kept.set(partition.id, [...(kept.get(partition.id) ?? []), ...puts]);
      }
      return written;
    },
    drop: async (...asked) => inner.drop(...asked),
    partitions: async (...asked) => inner.partitions(...asked),
    close: async () => inner.close(),
  };
  return { store, kept };
}
