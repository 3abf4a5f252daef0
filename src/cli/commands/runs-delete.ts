import type { Runtime } from "../../runtime.ts";
import { deleteRunTool } from "../../tools/delete-run.ts";
import type { Io } from "../io.ts";
import { cell, paragraph } from "../markdown/compose.ts";
import { perform } from "../perform.ts";
import { writeBlocks, writeJson } from "../write-output.ts";
import type { RunFlags } from "./runs-show.ts";

/** `finagent runs delete ID`: forgets a run and its report. */
export async function runsDelete(runtime: Runtime, flags: RunFlags, io: Io): Promise<number> {
  const calling = { command: "runs delete", flags, io, flagOf: { id: "ID" } };
  const { deleted } = await perform(runtime, deleteRunTool, { id: flags.id }, calling);
  if (flags.json === true) writeJson(io.out, { deleted });
  else writeBlocks(io.out, [paragraph(cell(`Deleted run ${deleted}.`))]);
  return 0;
}
