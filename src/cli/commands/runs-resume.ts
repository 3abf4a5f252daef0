import { runReportSchema } from "../../domain/run/report.ts";
import { askTool } from "../../tools/ask.ts";
import { writeAnswer } from "../answer-request.ts";
import type { Io } from "../io.ts";
import type { Connect } from "../load-commands.ts";
import { drawBlocks } from "../markdown/draw.ts";
import { withProgress } from "../perform.ts";
import { describeHeader } from "../report/describe-record.ts";
import { describeReport } from "../report/describe-report.ts";
import { statusOfRun } from "../run-status.ts";
import { connectForRun } from "../settings-of-run.ts";
import { writeBlocks, writeJson } from "../write-output.ts";
import type { RunFlags } from "./runs-show.ts";

/**
 * `finagent runs resume ID`: goes on with a run that was stopped or has failed, and prints its report as its own command
 * would have.
 */
export async function runsResume(connect: Connect, flags: RunFlags, io: Io): Promise<number> {
  const started = performance.now();
  const calling = { command: "runs resume", flags, io, flagOf: { id: "ID" } };
  const { run, runtime } = await connectForRun(connect, calling);
  if (flags.quiet !== true) io.err.writeLines(drawBlocks(describeHeader(run), io.err.width));
  if (run.tool === askTool.name) {
    const report = await writeAnswer(
      async (options) => runReportSchema.parse(await runtime.resume(run.id, options)),
      calling,
    );
    if (flags.json === true) writeJson(io.out, report);
    return statusOfRun(report);
  }
  const report = await withProgress(async (options) => runtime.resume(run.id, options), calling);
  if (flags.json === true) writeJson(io.out, report);
  else writeBlocks(io.out, describeReport(run.tool, report, performance.now() - started, io.out.width));
  const ran = runReportSchema.safeParse(report).data;
  return ran === undefined ? 0 : statusOfRun(ran);
}
