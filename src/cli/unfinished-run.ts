import { runReportSchema, type RunReport } from "../domain/run/report.ts";
import type { RunHeader } from "../domain/run/run-header.ts";
import type { Runtime } from "../runtime.ts";
import { askTool } from "../tools/ask.ts";
import { lastRunTool } from "../tools/last-run.ts";
import { writeAnswer } from "./answer-request.ts";
import type { GlobalFlags } from "./flags/global-flags.ts";
import type { Io } from "./io.ts";
import { perform } from "./perform.ts";
import { span } from "./terminal/span.ts";

/** The request at which a conversation was interrupted; null where its last one came to an end, or failed. */
export async function unfinishedRun(
  runtime: Runtime,
  flags: GlobalFlags & { readonly thread?: string },
  io: Io,
): Promise<RunHeader | null> {
  const { thread: threadId } = flags;
  if (threadId === undefined) return null;
  const calling = { command: "chat", flags, io, flagOf: { threadId: "--thread" } };
  const { run } = await perform(runtime, lastRunTool, { threadId }, calling);
  return run?.tool === askTool.name && run.status === "interrupted" ? run : null;
}

/** Goes on with a request and writes its answer. */
export async function finishRun(
  runtime: Runtime,
  { id, subject }: RunHeader,
  flags: GlobalFlags,
  io: Io,
): Promise<RunReport> {
  const text = `This was interrupted, and is finished first: ${subject}`;
  if (flags.quiet !== true) io.err.writeLines([[span(text, "yellow")]]);
  return writeAnswer(async (options) => runReportSchema.parse(await runtime.resume(id, options)), {
    command: "chat",
    flags,
    io,
  });
}
