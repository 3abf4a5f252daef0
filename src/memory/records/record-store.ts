/** What belongs together: it is written atomically, kept on one node of a cluster, and expires as a whole. */
export interface Partition {
  /** `thread`, `run`, `artifact`, …: lower-case letters, digits and hyphens. */
  readonly kind: string;
  /** Any text of well-formed Unicode but the empty one. */
  readonly id: string;
}

export interface RecordEntry {
  /** Any text of well-formed Unicode. */
  readonly key: string;
  readonly value: Uint8Array;
}

/** Keys in the order of their UTF-8 bytes. */
export interface KeyRange {
  /** All keys of the range begin with it. */
  readonly prefix: string;
  /** Only keys after this one (in reverse: before it). */
  readonly after?: string;
  readonly reverse?: boolean;
  readonly limit?: number;
}

/** Writes that take effect together or not at all. */
export interface Batch {
  /** A key that is deleted too is put; of two puts of one key the later counts. */
  readonly put?: readonly RecordEntry[];
  readonly delete?: readonly string[];
  /** Records that must be as stated before the batch; null: absent. */
  readonly expect?: readonly { readonly key: string; readonly value: Uint8Array | null }[];
  /** The partition ends this long after the batch; null: never again of itself. Unchanged where left out. */
  readonly expireAfterMs?: number | null;
}

/**
 * Where everything that has to survive is kept. Two drivers, one contract: a file beside
 * the settings (embedded) and Redis.
 *
 * A partition exists while it holds a record: with the last one its expiry is forgotten too. A write that was answered
 * with true survives the end of any process. A write that failed with STORE_TIMEOUT or STORE_UNREACHABLE may still have
 * happened; after every other error it has not.
 *
 * @throws FinAgentError STORE_…, from every method
 */
export interface RecordStore {
  /** Values of keys, null where there is none; one round trip. */
  get(partition: Partition, keys: readonly string[]): Promise<(Uint8Array | null)[]>;
  range(partition: Partition, range: KeyRange): Promise<RecordEntry[]>;
  keys(partition: Partition, range: KeyRange): Promise<string[]>;
  /** One round trip. False, with nothing written, where an expectation does not hold. */
  write(partition: Partition, batch: Batch): Promise<boolean>;
  /** Deletes all of it. */
  drop(partition: Partition): Promise<void>;
  /** Ids of a kind in order, those after `after` alone (in reverse: before it); what has expired is left out. */
  partitions(
    kind: string,
    range?: Pick<KeyRange, "prefix" | "after" | "reverse" | "limit">,
  ): Promise<string[]>;
  close(): Promise<void>;
}
