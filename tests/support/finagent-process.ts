import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { tmpdir } from "node:os";
import { fileURLToPath } from "node:url";
import { testHome } from "./test-config.ts";

const MAIN = fileURLToPath(new URL("../../src/cli/main.ts", import.meta.url));

export interface Surroundings {
  /** Variables beside PATH; the test's own environment does not reach the process. */
  readonly env?: Readonly<Record<string, string>>;
  /** Without one a folder that holds no finagent.yaml. */
  readonly cwd?: string;
  /** What is piped in. */
  readonly input?: string;
  /** Options of Node's own, e.g. `--import`. */
  readonly node?: readonly string[];
}

export interface Ended {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** `finagent` with this command line, as a process of its own, until it ends. */
export async function finagent(line: readonly string[], around: Surroundings = {}): Promise<Ended> {
  return ended(startFinagent(line, around), around.input);
}

/** The same, left running. */
export function startFinagent(line: readonly string[], around: Surroundings = {}): ChildProcess {
  return spawn(process.execPath, [...(around.node ?? []), MAIN, ...line], {
    cwd: around.cwd ?? tmpdir(),
    env: cleanEnvironment(around.env),
  });
}

/** PATH and a home for tests, and nothing else of this process: the machine's settings and keys reach no test. */
export function cleanEnvironment(env: Readonly<Record<string, string>> = {}): NodeJS.ProcessEnv {
  return { PATH: process.env["PATH"], FINAGENT_HOME: testHome(), ...env };
}

/** What a process writes until its streams are closed. */
export async function ended(child: ChildProcess, input = ""): Promise<Ended> {
  let [stdout, stderr] = ["", ""];
  child.stdout?.setEncoding("utf8").on("data", (piece: string) => (stdout += piece));
  child.stderr?.setEncoding("utf8").on("data", (piece: string) => (stderr += piece));
  // A process that ends before it has read all has no use for the rest.
  child.stdin?.on("error", () => {}).end(input);
  const [status] = (await once(child, "close")) as [number | null];
  return { status, stdout, stderr };
}

export interface Serving {
  readonly url: string;
  readonly child: ChildProcess;
  /** Ends it as a service manager does, and returns what it wrote. */
  stop(): Promise<Ended>;
}

/** `finagent serve` on a free port, from when it says that it listens. */
export async function serving(line: readonly string[] = [], around: Surroundings = {}): Promise<Serving> {
  const child = startFinagent(["serve", "--port", "0", "--json", ...line], around);
  const end = ended(child);
  const { promise, resolve, reject } = Promise.withResolvers<string>();
  let said = "";
  child.stdout?.on("data", (piece: string) => {
    said += piece;
    const url = /"url": "(.*)"/.exec(said)?.[1];
    if (url !== undefined) resolve(url);
  });
  void end.then(({ stderr }) => reject(new Error(`It ended before it listened: ${said}${stderr}`)));
  return {
    url: await promise,
    child,
    stop: async () => {
      child.kill("SIGTERM");
      return end;
    },
  };
}
