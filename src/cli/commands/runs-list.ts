import type { RunHeader } from "../../domain/run/run-header.ts";
import type { RunStatus } from "../../domain/run/run-status.ts";
import type { Runtime } from "../../runtime.ts";
import { listRunsTool } from "../../tools/list-runs.ts";
import { given } from "../flags/given.ts";
import type { GlobalFlags } from "../flags/global-flags.ts";
import { duration } from "../format.ts";
import type { Io } from "../io.ts";
import { cell, paragraph, table } from "../markdown/compose.ts";
import { perform } from "../perform.ts";
import { writeStatus } from "../report/describe-record.ts";
import { writeBlocks, writeJson } from "../write-output.ts";

export interface RunsListFlags extends GlobalFlags {
  readonly limit?: number;
  readonly status?: RunStatus;
}

const SUBJECT_LENGTH = 60;

const FLAG_OF_FIELD = { limit: "--limit", status: "--status" };

/** `finagent runs list`: the runs that were kept, newest first. */
export async function runsList(runtime: Runtime, flags: RunsListFlags, io: Io): Promise<number> {
  const { limit, status } = flags;
  const calling = { command: "runs list", flags, io, flagOf: FLAG_OF_FIELD };
  const listed = await perform(runtime, listRunsTool, given({ limit, status }), calling);
  if (flags.json === true) writeJson(io.out, listed);
  else if (listed.runs.length === 0) {
    const which = status === undefined ? "No run has been kept yet" : `No run is kept as ${status}`;
    writeBlocks(io.out, [paragraph(cell(`${which}.`))]);
  } else {
    writeBlocks(io.out, [
      table(
        [
          ["Run", "left"],
          ["What", "left"],
          ["Status", "left"],
          ["Took", "right"],
          ["On", "left"],
        ],
        listed.runs.map((run) => [
          cell(run.id),
          cell(run.forkedFrom === null ? run.tool : `${run.tool} (fork)`),
          writeStatus(run.status),
          cell(tookMs(run)),
          cell(shortened(run.subject)),
        ]),
      ),
    ]);
  }
  return 0;
}

function tookMs({ startedAt, endedAt }: RunHeader): string {
  return endedAt === null ? "" : duration(Date.parse(endedAt) - Date.parse(startedAt));
}

function shortened(subject: string): string {
  return subject.length <= SUBJECT_LENGTH ? subject : `${subject.slice(0, SUBJECT_LENGTH - 1)}…`;
}
