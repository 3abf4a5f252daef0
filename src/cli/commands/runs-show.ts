import type { Runtime } from "../../runtime.ts";
import { showRunTool } from "../../tools/show-run.ts";
import type { GlobalFlags } from "../flags/global-flags.ts";
import type { Io } from "../io.ts";
import { perform } from "../perform.ts";
import { describeRecord } from "../report/describe-record.ts";
import { writeBlocks, writeJson } from "../write-output.ts";

export interface RunFlags extends GlobalFlags {
  /** A run's id, or its beginning. */
  readonly id: string;
}

/** `finagent runs show ID`: a run with its steps and the report that it printed. */
export async function runsShow(runtime: Runtime, flags: RunFlags, io: Io): Promise<number> {
  const calling = { command: "runs show", flags, io, flagOf: { id: "ID" } };
  const record = await perform(runtime, showRunTool, { id: flags.id }, calling);
  if (flags.json === true) writeJson(io.out, record);
  else writeBlocks(io.out, describeRecord(record, io.out.width));
  return 0;
}
