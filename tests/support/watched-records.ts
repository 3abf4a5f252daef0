import { FinAgentError } from "../../src/domain/errors.ts";
import type { Batch, Partition, RecordStore } from "../../src/memory/records/record-store.ts";

/** A store that counts and can fail. */
export function watched(inner: RecordStore): {
  readonly held: { writes: number; failing: number };
  readonly store: RecordStore;
} {
  const held = { writes: 0, failing: 0 };
  const write = async (partition: Partition, batch: Batch): Promise<boolean> => {
    held.writes += 1;
    if (held.failing > 0) {
      held.failing -= 1;
      throw new FinAgentError("STORE_UNREACHABLE", "The Redis is away.");
    }
    return inner.write(partition, batch);
  };
  const store: RecordStore = {
    get: async (...asked) => inner.get(...asked),
    range: async (...asked) => inner.range(...asked),
    keys: async (...asked) => inner.keys(...asked),
    write,
    drop: async (...asked) => inner.drop(...asked),
    partitions: async (...asked) => inner.partitions(...asked),
    close: async () => inner.close(),
  };
  return { held, store };
}
