import { createInterface } from "node:readline";
import type { RunReport } from "../../domain/run/report.ts";
import type { Runtime } from "../../runtime.ts";
import { answerRequest } from "../answer-request.ts";
import { finishRun, unfinishedRun } from "../unfinished-run.ts";
import { asFinAgentError, drawError, errorDocument } from "../error-report.ts";
import type { GlobalFlags } from "../flags/global-flags.ts";
import { Interruption } from "../interruption.ts";
import type { Io } from "../io.ts";
import { statusOfRun } from "../run-status.ts";
import { secretsOf } from "../../secrets.ts";
import { span } from "../terminal/span.ts";
import { writeJson } from "../write-output.ts";

export interface ChatFlags extends GlobalFlags {
  readonly thread?: string;
}

type Turn = RunReport | { readonly request: string; readonly error: unknown };

const PROMPT = "you> ";

/**
 * `finagent chat`: a conversation on one thread, from the keyboard or one request per line of a pipe. A
 * request that was interrupted last time is finished first. One that fails does not end the conversation; its status is
 * that of the last failure.
 */
export async function chat(runtime: Runtime, flags: ChatFlags, io: Io): Promise<number> {
  const turns: Turn[] = [];
  let threadId = flags.thread;
  let status = 0;
  const turn = async (request: string, answer: () => Promise<RunReport>): Promise<void> => {
    try {
      const report = await answer();
      threadId = report.threadId;
      status = statusOfRun(report) || status;
      turns.push(report);
    } catch (cause) {
      if (cause instanceof Interruption) throw cause;
      const error = asFinAgentError(cause);
      const secrets = secretsOf(runtime.config);
      status = error.exitStatus;
      turns.push({ request, ...errorDocument(error, secrets) });
      io.err.writeLines(drawError(error, { width: io.err.width, debug: flags.debug === true, secrets }));
    }
  };
  // Before the first line is read: lines that come while nobody waits for them are lost.
  const unfinished = await unfinishedRun(runtime, flags, io);
  if (unfinished !== null)
    await turn(unfinished.subject, async () => finishRun(runtime, unfinished, flags, io));

  const interactive = io.stdin.isTTY === true && io.err.interactive;
  const lines = createInterface({
    input: io.stdin,
    // The prompt goes with the progress, so that a redirected stdout holds answers alone.
    ...(interactive ? { output: io.err.stream } : {}),
    terminal: interactive,
    prompt: PROMPT,
  });
  lines.on("SIGINT", () => io.interrupt());
  const close = (): void => lines.close();
  io.signal.addEventListener("abort", close, { once: true });
  if (interactive) io.err.writeLines([[span('Ask; "exit" or Ctrl-D ends the conversation.', "dim")]]);

  const prompt = (): void => {
    if (!interactive) return;
    io.err.write("\n");
    lines.prompt();
  };
  try {
    prompt();
    for await (const line of lines) {
      const request = line.trim();
      if (/^(exit|quit)$/i.test(request)) break;
      if (request !== "") {
        if (!interactive && flags.quiet !== true) io.err.writeLines([[span(PROMPT, "bold"), span(request)]]);
        await turn(request, async () =>
          answerRequest(runtime, { command: "chat", request, threadId }, flags, io),
        );
      }
      prompt();
    }
  } finally {
    io.signal.removeEventListener("abort", close);
    lines.close();
  }
  // The cursor stands behind the prompt.
  if (interactive) io.err.write("\n");
  if (io.signal.aborted) throw new Interruption();
  if (flags.json === true) writeJson(io.out, { threadId: threadId ?? null, turns });
  return status;
}
