import { FinAgentError } from "../../domain/errors.ts";
import { type LogParts, RunLog } from "./run-log.ts";
import { EVENTS, HEADER, readEntry, readHeader, runPartition, seqOf } from "./run-records.ts";
import { type Here, isUnderWay, underWay } from "./under-way.ts";

/** A run that has its report, or waits for an answer, is not taken up again. */
const ENDED: readonly string[] = ["done", "question"];

const NOT_ENDED = { status: "running", endedAt: null, error: null } as const;

/** What a partial run came to goes: it is run anew. */
const NOTHING_YET = { report: null, data: null, decisions: null, usage: null } as const;

/**
 * Takes up the journal of a run after its last event; events that were kept in part only are taken out. Of two processes
 * that try at the same time one succeeds.
 * @throws FinAgentError BAD_ARGUMENT where the run is under way or has ended
 */
export async function resumeLog(parts: LogParts, id: string, here: Here): Promise<RunLog> {
  const { records, clock } = parts;
  const partition = runPartition(id);
  const [kept = null] = await records.get(partition, [HEADER]);
  const header = readHeader(id, kept);
  if (await isUnderWay(records, header, here, clock.now())) throw underWay(id, "resumed");
  if (ENDED.includes(header.status)) throw ended(id, header.status);
  const events = await records.range(partition, { prefix: EVENTS });
  const last = events.at(-1);
  const log = new RunLog(
    parts,
    {
      ...header,
      ...NOT_ENDED,
      ...(header.status === "partial" ? NOTHING_YET : {}),
      writer: here.writer,
    },
    last === undefined ? 0 : seqOf(last.key),
  );
  const torn = events.filter(({ value }) => readEntry(value) === null).map(({ key }) => key);
  const expect = [{ key: HEADER, value: kept }];
  if (!(await log.start({ type: "resumed" }, { expect, delete: torn }))) throw underWay(id, "resumed");
  return log;
}

function ended(id: string, status: string): FinAgentError {
  return new FinAgentError(
    "BAD_ARGUMENT",
    `The run ${id} has ended (${status}): there is nothing to resume.`,
    {
      hint: `"finagent runs show ${id}" prints its report.`,
      details: { id },
    },
  );
}
