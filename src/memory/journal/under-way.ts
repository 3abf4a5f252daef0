import { FinAgentError } from "../../domain/errors.ts";
import type { RecordStore } from "../records/record-store.ts";
import { processMark } from "./process-mark.ts";
import { EVENTS, type KeptHeader, readEntry, runPartition, type Writer } from "./run-records.ts";

/** A process on another machine cannot be looked for: silent so long, it is taken as ended. */
const SILENCE_MS = 3_600_000;

/** This process, and the runs under way in it. */
export interface Here {
  readonly writer: Writer;
  readonly underWay: ReadonlySet<string>;
}

/** Whether a run that was not told to have ended is still worked on. */
export async function isUnderWay(
  records: RecordStore,
  { id, status, writer }: KeptHeader,
  here: Here,
  now: number,
): Promise<boolean> {
  if (status !== "running") return false;
  if (writer.host !== here.writer.host) {
    const [last] = await records.range(runPartition(id), { prefix: EVENTS, reverse: true, limit: 1 });
    const at = Date.parse((last === undefined ? null : readEntry(last.value))?.at ?? "");
    return at + SILENCE_MS > now;
  }
  if (writer.pid === here.writer.pid) return here.underWay.has(id);
  return isAlive(writer.pid) && processMark(writer.pid) === writer.mark;
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // It is there, but somebody else's.
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
}

/** What is asked of a run has to wait for its end. */
export function underWay(id: string, verb: "deleted" | "resumed"): FinAgentError {
  return new FinAgentError("BAD_ARGUMENT", `The run ${id} is under way and cannot be ${verb}.`, {
    hint: "Wait until it has ended, or stop it.",
    details: { id },
  });
}
