import type { Clock } from "../../domain/ports.ts";
import type { RecordStore } from "../records/record-store.ts";
import { dropThread } from "./claim-thread.ts";
import { collectReports } from "./report-store.ts";
import { HEADER, type KeptHeader, readHeader, runPartition } from "./run-records.ts";
import { type Here, isUnderWay, underWay } from "./under-way.ts";

interface DeletionParts {
  readonly records: RecordStore;
  readonly clock: Clock;
  readonly here: Here & { readonly underWay: Set<string> };
  /** All runs that are kept. */
  readonly headers: () => AsyncIterable<KeptHeader>;
}

/**
 * Deletes a run with its events and its tape, its thread where no other run is on that, and the reports that no run names.
 * Where the process ends in between, the run is still there to be deleted again.
 * @throws FinAgentError BAD_ARGUMENT where it is under way
 */
export async function deleteRun(id: string, { records, clock, here, headers }: DeletionParts): Promise<void> {
  const partition = runPartition(id);
  const [kept = null] = await records.get(partition, [HEADER]);
  const header = readHeader(id, kept);
  if (await isUnderWay(records, header, here, clock.now())) throw underWay(id, "deleted");
  // Taken up as if to go on with it: until it is gone nobody else does that, or begins anything on its thread.
  const taken = { ...header, status: "running", writer: here.writer };
  const put = [{ key: HEADER, value: Buffer.from(JSON.stringify(taken)) }];
  const expect = [{ key: HEADER, value: kept }];
  if (!(await records.write(partition, { put, expect }))) throw underWay(id, "deleted");
  here.underWay.add(id);
  try {
    const { threadId, checkpointed } = header;
    if (checkpointed) {
      await dropThread(records, threadId, id, async () => {
        for await (const other of headers()) if (other.threadId === threadId && other.id !== id) return false;
        return true;
      });
    }
    await records.drop(partition);
  } finally {
    here.underWay.delete(id);
  }
  const named = async (): Promise<Set<string>> => {
    const names = new Set<string>();
    for await (const { report } of headers()) if (report !== null) names.add(report);
    return names;
  };
  await collectReports(records, clock, named, header.report);
}
