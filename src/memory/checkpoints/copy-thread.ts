import { FinAgentError } from "../../domain/errors.ts";
import type { RecordStore } from "../records/record-store.ts";
import { freshMark } from "./fresh-mark.ts";
import { EPOCH, threadPartition } from "./thread-keys.ts";
import { recordsWith, withThreadAtRest } from "./thread-at-rest.ts";

/**
 * Copies a thread with all its checkpoints, in one write.
 * @throws FinAgentError BAD_ARGUMENT where the new thread exists already, or the old one does not
 */
export async function copyThread(
  store: RecordStore,
  from: string,
  to: string,
  expiry: { readonly expireAfterMs?: number },
): Promise<void> {
  await withThreadAtRest(store, from, async ({ epoch, expect }) => {
    if (epoch === null) throw badThread(from, "does not exist", "Copy one that does.");
    // An epoch of its own: the name may have been another thread's before.
    const put = [...(await recordsWith(store, from, "")), { key: EPOCH, value: freshMark() }];
    const unchanged = await store.write(threadPartition(from), { expect });
    if (!unchanged) return false;
    const free = { expect: [{ key: EPOCH, value: null }] };
    if (await store.write(threadPartition(to), { put, ...free, ...expiry })) return true;
    throw badThread(to, "exists already", "Give the copy another name, or delete that thread.");
  });
}

function badThread(thread: string, what: string, hint: string): FinAgentError {
  return new FinAgentError("BAD_ARGUMENT", `Thread "${thread}" ${what}.`, { hint, details: { thread } });
}
