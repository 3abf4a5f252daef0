import type { RecordStore } from "../../src/memory/records/record-store.ts";
import { recordsInMemory } from "./records-in-memory.ts";

export interface WatchedRecords {
  readonly store: RecordStore;
  /** Everything that was ever written, as text, with its key before it. */
  readonly written: readonly string[];
  /** The reports and data sets that were put aside for a thread, in the order of their writing: what tools returned. */
  readonly artifacts: readonly unknown[];
}

/** A store in memory that shows what is written into it. */
export function watchedRecords(): WatchedRecords {
  const inner = recordsInMemory();
  const written: string[] = [];
  const artifacts: unknown[] = [];
  const store: RecordStore = {
    ...inner,
    write(partition, batch) {
      for (const { key, value } of batch.put ?? []) {
        const text = Buffer.from(value).toString();
        written.push(`${key} ${text}`);
        if (partition.kind === "thread" && key.startsWith("a/")) artifacts.push(JSON.parse(text));
      }
      return inner.write(partition, batch);
    },
  };
  return { store, written, artifacts };
}
