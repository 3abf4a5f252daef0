import type { Partition, RecordStore } from "../records/record-store.ts";
import { decodeEntry, encodeEntry, type TapeEntry } from "./tape-entry.ts";

const ANSWER = "answer";

const KEPT_MS = 90 * 86_400_000;

const partitionOf = (key: string): Partition => ({ kind: "answer", id: key });

/** Keeps an answer under its question for the runs of the next 90 days. */
export async function keepAnswer(records: RecordStore, entry: TapeEntry): Promise<void> {
  const put = [{ key: ANSWER, value: encodeEntry(entry) }];
  await records.write(partitionOf(entry.key), { put, expireAfterMs: KEPT_MS });
}

/** The answer to a question; null where none is held, or not as it was kept. */
export async function cachedAnswer(records: RecordStore, key: string): Promise<TapeEntry | null> {
  const [value] = await records.get(partitionOf(key), [ANSWER]);
  const entry = value === undefined || value === null ? null : decodeEntry(value);
  return entry?.key === key ? entry : null;
}
