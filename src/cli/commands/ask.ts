import type { Runtime } from "../../runtime.ts";
import { answerRequest } from "../answer-request.ts";
import type { GlobalFlags } from "../flags/global-flags.ts";
import type { Io } from "../io.ts";
import { statusOfRun } from "../run-status.ts";
import { writeJson } from "../write-output.ts";

export interface AskFlags extends GlobalFlags {
  readonly request: string;
  readonly thread?: string;
}

/** `finagent ask "<request>"`: one request, its answer streamed. */
export async function ask(runtime: Runtime, flags: AskFlags, io: Io): Promise<number> {
  const { request, thread: threadId } = flags;
  const report = await answerRequest(runtime, { command: "ask", request, threadId }, flags, io);
  if (flags.json === true) writeJson(io.out, report);
  return statusOfRun(report);
}
