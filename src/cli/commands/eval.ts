import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { constants } from "node:os";
import { fileURLToPath } from "node:url";
import { FinAgentError } from "../../domain/errors.ts";
import type { Io } from "../io.ts";

const PROGRAM = fileURLToPath(new URL("../../../evals/run.ts", import.meta.url));

/**
 * `finagent eval`: the evals, which are a program of their own beside the product.
 * @param args what was written behind the name of the command, as it was written
 * @throws FinAgentError BAD_CONFIG where they are not part of the installation
 */
export async function evaluate(args: readonly string[], io: Io): Promise<number> {
  if (!existsSync(PROGRAM)) {
    throw new FinAgentError("BAD_CONFIG", "The evals are not part of this installation.", {
      hint: "Run them in a checkout of FinAgent: npm run eval -- --list",
    });
  }
  // A terminal is passed on, so that the program can draw on it; any other stream is written to from here.
  const shared = io.out.stream === process.stdout && io.err.stream === process.stderr;
  const stream = shared ? "inherit" : "pipe";
  const child = spawn(process.execPath, [PROGRAM, ...args], {
    stdio: ["ignore", stream, stream],
    // A process group of its own: Ctrl-C reaches it once, from here, and not a second time from the terminal.
    detached: true,
  });
  child.stdout?.setEncoding("utf8").on("data", (text: string) => io.out.write(text));
  child.stderr?.setEncoding("utf8").on("data", (text: string) => io.err.write(text));
  const { promise, resolve, reject } = Promise.withResolvers<number>();
  child.once("error", reject);
  child.once("close", (code, signal) => resolve(code ?? 128 + constants.signals[signal ?? "SIGTERM"]));
  const stop = (): void => void child.kill("SIGINT");
  io.signal.addEventListener("abort", stop, { once: true });
  if (io.signal.aborted) stop();
  return promise;
}
