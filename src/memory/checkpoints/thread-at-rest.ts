import { FinAgentError } from "../../domain/errors.ts";
import type { RecordEntry, RecordStore } from "../records/record-store.ts";
import { EPOCH, LATEST_WRITE, threadPartition } from "./thread-keys.ts";

const RECORDS_AT_ONCE = 500;

/** How often a thread is read again that others write. */
const MOST_TRIES = 8;

/** What has to be still so for a thread to be as it was read. */
export interface Unwritten {
  readonly epoch: Uint8Array | null;
  readonly expect: readonly { readonly key: string; readonly value: Uint8Array | null }[];
}

/**
 * Does something with a thread at rest.
 * @param work false: the thread was written meanwhile, try again
 * @throws FinAgentError STORE_BUSY where others write it all the time
 */
export async function withThreadAtRest<T>(
  store: RecordStore,
  thread: string,
  work: (unwritten: Unwritten) => Promise<T | false>,
): Promise<T> {
  for (let tried = 0; tried < MOST_TRIES; tried += 1) {
    const keys = [EPOCH, LATEST_WRITE];
    const [epoch = null, latest = null] = await store.get(threadPartition(thread), keys);
    const expect = [
      { key: EPOCH, value: epoch },
      { key: LATEST_WRITE, value: latest },
    ];
    const done = await work({ epoch, expect });
    if (done !== false) return done;
  }
  throw changing(thread);
}

/** All records of a thread with keys of a prefix, read piece by piece. */
export async function recordsWith(
  store: RecordStore,
  thread: string,
  prefix: string,
): Promise<RecordEntry[]> {
  const all: RecordEntry[] = [];
  for (;;) {
    const last = all.at(-1);
    const from = last === undefined ? {} : { after: last.key };
    const some = await store.range(threadPartition(thread), { prefix, limit: RECORDS_AT_ONCE, ...from });
    all.push(...some);
    if (some.length < RECORDS_AT_ONCE) return all;
  }
}

export function changing(thread: string): FinAgentError {
  return new FinAgentError("STORE_BUSY", `Thread "${thread}" keeps being changed by another process.`, {
    hint: "End the other process, or give this conversation a thread of its own.",
    details: { thread },
  });
}
