import { diffRuns } from "../../domain/run/diff-runs.ts";
import { runReportSchema } from "../../domain/run/report.ts";
import { showRunTool } from "../../tools/show-run.ts";
import type { Io } from "../io.ts";
import type { Connect } from "../load-commands.ts";
import { perform, withProgress } from "../perform.ts";
import { describeFork } from "../report/describe-run-diff.ts";
import { statusOfRun } from "../run-status.ts";
import { connectForRun, refuseSettings } from "../settings-of-run.ts";
import { writeBlocks, writeJson } from "../write-output.ts";
import type { RunFlags } from "./runs-show.ts";

export interface RunsForkFlags extends RunFlags {
  readonly at?: string;
  readonly set?: Readonly<Record<string, unknown>>;
}

const FLAG_OF_FIELD = { id: "ID", at: "--at", set: "--set" };

/** `finagent runs fork ID`: runs a run with something changed, and shows the difference in decisions and in money. */
export async function runsFork(connect: Connect, flags: RunsForkFlags, io: Io): Promise<number> {
  refuseSettings(flags, "a fork");
  const calling = { command: "runs fork", flags, io, flagOf: FLAG_OF_FIELD };
  const strategies = Object.entries(flags.set ?? {}).flatMap(([name, value]) =>
    /^input\.(?:[ab]\.)?strategy$/.test(name) && typeof value === "string" ? [value] : [],
  );
  const { run, runtime } = await connectForRun(connect, calling, strategies);
  const change = { ...(flags.at === undefined ? {} : { at: flags.at }), set: flags.set ?? {} };
  const forked = await withProgress(async (options) => runtime.fork(run.id, change, options), calling);
  const was = await perform(runtime, showRunTool, { id: run.id }, calling);
  const is = await perform(runtime, showRunTool, { id: forked.run }, calling);
  const diff = diffRuns(was, is);
  if (flags.json === true) writeJson(io.out, { ...forked, set: change.set, diff });
  else writeBlocks(io.out, describeFork(forked, is, diff));
  const ran = runReportSchema.safeParse(forked.report).data;
  return ran === undefined ? 0 : statusOfRun(ran);
}
