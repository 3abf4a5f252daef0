import { overlayRecords } from "../../src/memory/records/overlay-records.ts";
import type { Partition, RecordStore } from "../../src/memory/records/record-store.ts";

export interface SharedRecords {
  /** What all else is kept in, in place of a store that begins empty. */
  readonly own?: RecordStore;
  /** Where the costs of models are counted, so that one budget holds for all samples. */
  readonly costs?: RecordStore;
  /** Whose prompt versions are in force; it is only read. */
  readonly prompts?: RecordStore;
}

/** A store that begins empty and goes with the process: no sample knows what another one did. */
export function recordsInMemory({
  own = overlayRecords(NOTHING),
  costs,
  prompts,
}: SharedRecords = {}): RecordStore {
  const versions = prompts === undefined ? own : overlayRecords(prompts);
  const of = (kind: string): RecordStore => {
    if (kind === "costs") return costs ?? own;
    return kind === "prompts" ? versions : own;
  };
  const at = ({ kind }: Partition): RecordStore => of(kind);
  return {
    get: async (partition, keys) => at(partition).get(partition, keys),
    range: async (partition, range) => at(partition).range(partition, range),
    keys: async (partition, range) => at(partition).keys(partition, range),
    write: async (partition, batch) => at(partition).write(partition, batch),
    drop: async (partition) => at(partition).drop(partition),
    partitions: async (kind, range) => of(kind).partitions(kind, range),
    close: () => Promise.resolve(),
  };
}

const NOTHING: RecordStore = {
  get: (_partition, keys) => Promise.resolve(keys.map(() => null)),
  range: () => Promise.resolve([]),
  keys: () => Promise.resolve([]),
  write: () => Promise.reject(new Error("Nothing is written under an overlay.")),
  drop: () => Promise.reject(new Error("Nothing is dropped under an overlay.")),
  partitions: () => Promise.resolve([]),
  close: () => Promise.resolve(),
};
