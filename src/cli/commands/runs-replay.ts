import type { Io } from "../io.ts";
import type { Connect } from "../load-commands.ts";
import { withProgress } from "../perform.ts";
import { describeReplay } from "../report/describe-replay.ts";
import { connectForRun, refuseSettings } from "../settings-of-run.ts";
import { writeBlocks, writeJson } from "../write-output.ts";
import type { RunFlags } from "./runs-show.ts";

/** `finagent runs replay ID`: runs a run once more and compares the reports; 1 where they differ. */
export async function runsReplay(connect: Connect, flags: RunFlags, io: Io): Promise<number> {
  refuseSettings(flags, "a replay");
  const calling = { command: "runs replay", flags, io, flagOf: { id: "ID" } };
  const { run, runtime } = await connectForRun(connect, calling);
  const replayed = await withProgress(async (options) => runtime.replay(run.id, options), calling);
  if (flags.json === true) writeJson(io.out, replayed);
  else writeBlocks(io.out, describeReplay(run, replayed));
  return replayed.identical ? 0 : 1;
}
