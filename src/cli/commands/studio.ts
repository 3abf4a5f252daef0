import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { constants } from "node:os";
import { fileURLToPath } from "node:url";
import { environmentFor } from "../../config.ts";
import { FinAgentError } from "../../domain/errors.ts";
import { badFlag } from "../flags/bad-flag.ts";
import type { GlobalFlags } from "../flags/global-flags.ts";
import type { Io } from "../io.ts";

export interface StudioFlags extends GlobalFlags {
  readonly port?: number;
}

const ROOT = fileURLToPath(new URL("../../../", import.meta.url));
const DEV_SERVER = fileURLToPath(
  new URL("../../../node_modules/@langchain/langgraph-cli/dist/cli/cli.mjs", import.meta.url),
);
const DEFAULT_PORT = 2024;

/**
 * `finagent studio`: the LangGraph dev server, which Studio connects to. It is a process of its own that
 * reads its settings from the environment, so flags reach it there.
 */
export async function studio(flags: StudioFlags, io: Io): Promise<number> {
  if (flags.asOf !== undefined || flags.seed !== undefined) {
    throw badFlag(
      flags.asOf === undefined ? "--seed" : "--as-of",
      "the Studio server does not take it.",
      "Put it into finagent.yaml, or give it with each run in Studio.",
    );
  }
  if (!existsSync(DEV_SERVER)) {
    throw new FinAgentError("BAD_CONFIG", "The LangGraph dev server is not installed.", {
      hint: "It is a development dependency: run `npm install` in a checkout of FinAgent.",
    });
  }
  const { data, model, home } = flags;
  const port = String(flags.port ?? DEFAULT_PORT);
  const child = spawn(
    process.execPath,
    [DEV_SERVER, "dev", "--no-browser", "--host", "127.0.0.1", "--port", port],
    {
      cwd: ROOT,
      stdio: ["ignore", "inherit", "inherit"],
      env: environmentFor({ data, model, home }),
      // A process group of its own: Ctrl-C reaches it once, from here, and not a second time from the terminal.
      detached: true,
    },
  );
  const { promise, resolve, reject } = Promise.withResolvers<number>();
  child.once("error", reject);
  child.once("exit", (code, signal) => resolve(code ?? 128 + constants.signals[signal ?? "SIGTERM"]));
  const stop = (): void => void child.kill("SIGINT");
  io.signal.addEventListener("abort", stop, { once: true });
  if (io.signal.aborted) stop();
  const status = await promise;
  return io.signal.aborted ? 0 : status;
}
