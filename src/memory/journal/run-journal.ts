import { hostname } from "node:os";
import { isoTime } from "../../domain/iso-time.ts";
import type { Clock, RunArchive } from "../../domain/ports.ts";
import type { RunBeginning } from "../../domain/run/run-header.ts";
import type { RecordStore } from "../records/record-store.ts";
import { FinAgentError } from "../../domain/errors.ts";
import { latestCheckpoint } from "../checkpoints/latest-checkpoint.ts";
import { claimThread, ownerOf } from "./claim-thread.ts";
import { processMark } from "./process-mark.ts";
import { resumeLog } from "./resume-log.ts";
import { runArchive, wholeId } from "./run-archive.ts";
import { RunLog } from "./run-log.ts";
import { HEADER, readHeader, runPartition } from "./run-records.ts";
import { isUnderWay } from "./under-way.ts";

/** The journals of a process's runs, and the runs that any process has kept. */
export interface RunJournal {
  /**
   * Begins the journal of a run, which is under way until `ended`. One whose steps are checkpointed has its thread for
   * itself until then.
   * @param run its base: by default the thread's last checkpoint
   * @throws FinAgentError STORE_… where the store cannot be used, THREAD_BUSY
   */
  begin(run: Omit<RunBeginning, "base"> & Partial<Pick<RunBeginning, "base">>): Promise<RunLog>;
  /**
   * Goes on with the journal of a run that has not come to its end.
   * @param id its id, the beginning of it, or `latest`
   * @throws FinAgentError STORE_…, UNKNOWN_RUN, THREAD_BUSY, and BAD_ARGUMENT where it is under way, has ended, or its
   * conversation has gone on without it
   */
  resume(id: string): Promise<RunLog>;
  /** Says that a run is no longer under way in this process. */
  ended(id: string): void;
  readonly archive: RunArchive;
}

export interface JournalParts {
  readonly records: () => Promise<RecordStore>;
  readonly clock: Clock;
  /** Never written, wherever they occur. */
  readonly secrets: readonly string[];
}

/** @param parts the store is opened when the first run begins, or when runs are looked up */
export function runJournal({ records: open, clock, secrets }: JournalParts): RunJournal {
  const writer = { host: hostname(), pid: process.pid, mark: processMark(process.pid) };
  const underWay = new Set<string>();
  const here = { writer, underWay };

  async function claim(records: RecordStore, threadId: string, runId: string): Promise<void> {
    await claimThread(records, threadId, runId, async (other) => {
      const [value] = await records.get(runPartition(other), [HEADER]);
      return isUnderWay(records, readHeader(other, value), here, clock.now());
    });
  }

  return {
    begin: async (run) => {
      const records = await open();
      const startedAt = isoTime(clock.now());
      const base = run.base ?? (run.checkpointed ? await latestCheckpoint(records, run.threadId) : null);
      const plain = {
        forkedFrom: null,
        overrides: {},
        clock: null,
        models: {},
        endpoint: null,
        minModelShare: null,
      };
      const blank = { endedAt: null, data: null, decisions: null, usage: null, report: null, error: null };
      const header = { ...plain, ...run, base, ...blank, startedAt, status: "running" as const, writer };
      const log = new RunLog({ records, clock, secrets }, header);
      underWay.add(run.id);
      try {
        await log.start({ type: "started" });
        if (!run.checkpointed) return log;
        await claim(records, run.threadId, run.id);
        // Another run on the thread may have ended in between.
        if (header.base !== run.base) await log.beginAt(await latestCheckpoint(records, run.threadId));
        return log;
      } catch (error) {
        underWay.delete(run.id);
        // It never began.
        if (error instanceof FinAgentError && error.code === "THREAD_BUSY")
          await records.drop(runPartition(run.id));
        throw error;
      }
    },
    resume: async (id) => {
      const records = await open();
      const whole = await wholeId(records, id);
      await refuseOvertaken(records, whole);
      const log = await resumeLog({ records, clock, secrets }, whole, here);
      underWay.add(whole);
      const { checkpointed, threadId } = log.run;
      try {
        if (checkpointed) await claim(records, threadId, whole);
        return log;
      } catch (error) {
        // It waits to be taken up, as before.
        await log.failed(error, true);
        underWay.delete(whole);
        throw error;
      }
    },
    ended: (id) => void underWay.delete(id),
    archive: runArchive({ records: open, clock }, here),
  };
}

/** @throws FinAgentError BAD_ARGUMENT where a later run has changed the thread that this one would go on with */
async function refuseOvertaken(records: RecordStore, id: string): Promise<void> {
  const [value] = await records.get(runPartition(id), [HEADER]);
  const { checkpointed, threadId, base } = readHeader(id, value);
  if (!checkpointed) return;
  const owner = await ownerOf(records, threadId);
  if (owner === id || (await latestCheckpoint(records, threadId)) === base) return;
  throw new FinAgentError(
    "BAD_ARGUMENT",
    `The conversation "${threadId}" has gone on without the run ${id}${owner === null ? "" : `, last with ${owner}`}.`,
    { hint: "Ask again in the conversation.", details: { id, threadId, owner } },
  );
}
