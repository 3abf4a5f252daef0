import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { connect, createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { redisBinary } from "./redis-binary.ts";

const START_MS = 10_000;

/** A Redis of a test's own, in a folder of its own. */
export interface TestRedis {
  readonly port: number;
  readonly url: string;
  readonly process: ChildProcess;
  /** Kills it, without a chance to save anything. */
  kill(): Promise<void>;
  /** The same again, on the same port and folder, after it was killed. */
  restart(): Promise<TestRedis>;
  /** Kills it and removes its folder. */
  remove(): Promise<void>;
}

/** Starts a `redis-server` with further arguments, e.g. `["--appendonly", "yes"]`. */
export async function startRedis(
  args: readonly string[] = [],
  folder = mkdtempSync(join(tmpdir(), "finagent-redis-")),
  port?: number,
): Promise<TestRedis> {
  const at = port ?? (await freePort());
  const own = ["--port", String(at), "--bind", "127.0.0.1", "--dir", folder, "--save", "", ...args];
  const server = spawn(redisBinary(), own, { stdio: ["ignore", "pipe", "pipe"] });
  const said: string[] = [];
  for (const stream of [server.stdout, server.stderr]) {
    stream.on("data", (chunk: Buffer) => said.push(chunk.toString()));
  }
  // A worker of the tests may be killed; its end of the pipe closes then too.
  const guard = spawn("sh", ["-c", `read _; kill -9 ${server.pid}`], { stdio: ["pipe", "ignore", "ignore"] });
  server.once("exit", () => guard.kill("SIGKILL"));
  try {
    await answering(server, at, said);
  } catch (error) {
    // Another process was faster.
    if (port === undefined && said.join("").includes("Address already in use"))
      return startRedis(args, folder);
    throw error;
  }
  const kill = async (): Promise<void> => {
    if (server.exitCode !== null || server.signalCode !== null) return;
    server.kill("SIGKILL");
    await once(server, "exit");
  };
  return {
    port: at,
    url: `redis://127.0.0.1:${at}`,
    process: server,
    kill,
    restart: () => startRedis(args, folder, at),
    remove: async () => {
      await kill();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Ports that were found free, which the system may offer again before they are taken. */
const given = new Set<number>();

export async function freePort(): Promise<number> {
  for (;;) {
    const server = createServer().listen(0, "127.0.0.1");
    await once(server, "listening");
    const address = server.address();
    server.close();
    await once(server, "close");
    const port = typeof address === "object" && address !== null ? address.port : 0;
    if (given.has(port)) continue;
    given.add(port);
    return port;
  }
}

async function answering(server: ChildProcess, port: number, said: readonly string[]): Promise<void> {
  const end = performance.now() + START_MS;
  while (!(await answersPing(port))) {
    if (server.exitCode !== null || performance.now() > end) {
      server.kill("SIGKILL");
      throw new Error(`redis-server does not start:\n${said.join("")}`);
    }
    await sleep(10);
  }
}

/** Whether anything but "not yet" comes back: a refusal is an answer. */
async function answersPing(port: number): Promise<boolean> {
  const socket = connect(port, "127.0.0.1");
  try {
    await once(socket, "connect");
    socket.write("PING\r\n");
    const answer: unknown[] = await once(socket, "data", { signal: AbortSignal.timeout(1000) });
    return !String(answer[0]).startsWith("-LOADING");
  } catch {
    return false;
  } finally {
    socket.destroy();
  }
}
