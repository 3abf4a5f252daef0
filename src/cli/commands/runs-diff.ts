import { diffRuns } from "../../domain/run/diff-runs.ts";
import type { Runtime } from "../../runtime.ts";
import { showRunTool } from "../../tools/show-run.ts";
import type { GlobalFlags } from "../flags/global-flags.ts";
import type { Io } from "../io.ts";
import { perform } from "../perform.ts";
import { describeRunDiff } from "../report/describe-run-diff.ts";
import { writeBlocks, writeJson } from "../write-output.ts";

export interface RunsDiffFlags extends GlobalFlags {
  readonly a: string;
  readonly b: string;
}

/** `finagent runs diff A B`: two runs side by side. */
export async function runsDiff(runtime: Runtime, flags: RunsDiffFlags, io: Io): Promise<number> {
  const show = async (id: string, flag: string) =>
    perform(runtime, showRunTool, { id }, { command: "runs diff", flags, io, flagOf: { id: flag } });
  const diff = diffRuns(await show(flags.a, "A"), await show(flags.b, "B"));
  if (flags.json === true) writeJson(io.out, diff);
  else writeBlocks(io.out, describeRunDiff(diff));
  return 0;
}
