import type { Runtime } from "../../runtime.ts";
import { showRunTool } from "../../tools/show-run.ts";
import type { Io } from "../io.ts";
import { outputFile } from "../output-file.ts";
import { perform } from "../perform.ts";
import { writeJson } from "../write-output.ts";
import type { RunFlags } from "./runs-show.ts";

export interface RunsExportFlags extends RunFlags {
  readonly out?: string;
}

/** `finagent runs export ID`: the header, the events and the report of a run, a JSON document per line. */
export async function runsExport(runtime: Runtime, flags: RunsExportFlags, io: Io): Promise<number> {
  const file = flags.out === undefined ? null : await outputFile("--out", flags.out, "events.jsonl");
  const calling = { command: "runs export", flags, io, flagOf: { id: "ID" } };
  const { run, events, report } = await perform(runtime, showRunTool, { id: flags.id }, calling);
  const documents = [
    { type: "run", run },
    ...events,
    ...(report === null ? [] : [{ type: "report", report }]),
  ];
  const lines = documents.map((one) => `${JSON.stringify(one)}\n`).join("");
  if (file === null) {
    if (flags.json === true) writeJson(io.out, documents);
    else io.out.write(lines);
    return 0;
  }
  await file.write(lines);
  if (flags.json === true) writeJson(io.out, { run: run.id, file: file.path, lines: documents.length });
  else if (flags.quiet !== true) io.err.write(`Run ${run.id}: ${file.path} (${documents.length} lines)\n`);
  return 0;
}
