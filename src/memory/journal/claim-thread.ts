import { FinAgentError } from "../../domain/errors.ts";
import type { RecordStore } from "../records/record-store.ts";

/** Which run a thread was given to last. */
const OWNER = "run";

const partitionOf = (threadId: string) => ({ kind: "thread", id: threadId });

/** Id of the last run on a thread; null where there was none. */
export async function ownerOf(records: RecordStore, threadId: string): Promise<string | null> {
  const [held = null] = await records.get(partitionOf(threadId), [OWNER]);
  return held === null ? null : Buffer.from(held).toString();
}

/**
 * Gives a thread to a run, as its only one until that has ended. Of several processes that try at once one succeeds.
 * @param isUnderWay of the run that has it
 * @throws FinAgentError THREAD_BUSY where another run on it is under way
 */
export async function claimThread(
  records: RecordStore,
  threadId: string,
  runId: string,
  isUnderWay: (runId: string) => Promise<boolean>,
): Promise<void> {
  for (;;) {
    const [held = null] = await records.get(partitionOf(threadId), [OWNER]);
    const owner = held === null ? null : Buffer.from(held).toString();
    if (owner === runId) return;
    if (owner !== null && (await isUnderWay(owner))) throw busy(threadId, owner);
    const claim = {
      put: [{ key: OWNER, value: Buffer.from(runId) }],
      expect: [{ key: OWNER, value: held }],
    };
    if (await records.write(partitionOf(threadId), claim)) return;
  }
}

/**
 * Deletes a thread with its checkpoints and artifacts for a run that is under way, unless another run has been given it
 * since.
 * @param isAlone whether no other run is on it
 */
export async function dropThread(
  records: RecordStore,
  threadId: string,
  runId: string,
  isAlone: () => Promise<boolean>,
): Promise<void> {
  const [held = null] = await records.get(partitionOf(threadId), [OWNER]);
  if (held === null || !(await isAlone())) return;
  // From here on a run that begins on it finds it busy.
  const claim = {
    put: [{ key: OWNER, value: Buffer.from(runId) }],
    expect: [{ key: OWNER, value: held }],
  };
  if (await records.write(partitionOf(threadId), claim)) await records.drop(partitionOf(threadId));
}

function busy(threadId: string, runId: string): FinAgentError {
  return new FinAgentError("THREAD_BUSY", `The run ${runId} is under way on the thread "${threadId}".`, {
    hint: "Wait until it has ended, or name another thread.",
    details: { threadId, runId },
  });
}
