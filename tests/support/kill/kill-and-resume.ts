import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { z } from "zod";
import { FinAgentError } from "../../../src/domain/errors.ts";
import type { RecordStore } from "../../../src/memory/records/record-store.ts";
import type { Runtime } from "../../../src/runtime.ts";
import { toolOfRun } from "../../../src/tools/reported-tools.ts";
import { showRunTool } from "../../../src/tools/show-run.ts";
import { clearRedis, redisPrefix } from "../redis-prefix.ts";
import { type Player, scriptedServer } from "../scripted-team.ts";
import { durableSteps } from "./durable-steps.ts";
import { CASES, type GraphName, SCRIPTS } from "./kill-cases.ts";
import type { KilledRun, KillPoint } from "./kill-point.ts";
import { killRuntime } from "./kill-runtime.ts";
import { orphansIn } from "./orphans-in-store.ts";

const PROGRAM = fileURLToPath(new URL("killed-run.ts", import.meta.url));

/** What a run has left, told such that two runs that came to the same have the same. */
export interface Left {
  /** The report without its run, its thread and its times. */
  readonly report: string;
  /** Records by kind and key, without what is drawn anew in every run. */
  readonly records: readonly string[];
  /** How often a model was asked. */
  readonly asked: number;
}

export interface Killed extends Left {
  /** False: the run was over before it came to the point. */
  readonly killed: boolean;
  /** The last lines of what was done before. */
  readonly after: string;
  /** False: it was killed before there was a run. */
  readonly begun: boolean;
  /** What is wrong, but for differences from an undisturbed run. */
  readonly faults: readonly string[];
}

/** A run in a process of its own that is killed at a point, and its resumption in this one. */
export async function killAndResume(
  graph: GraphName,
  redisUrl: string | null,
  point: KillPoint,
  { limit }: { readonly limit?: number } = {},
): Promise<Killed> {
  let victim: { kill(): Promise<void> } | undefined;
  const playing = await playingFor(graph, redisUrl, point, async () => victim?.kill());
  const { run } = playing;
  try {
    const program = [process.execPath, PROGRAM, JSON.stringify(run)];
    // A limit on the size of files is met as a full disk is.
    const [command = "", ...args] =
      limit === undefined ? program : ["bash", "-c", `ulimit -f ${limit}; exec "$@"`, "bash", ...program];
    const env = { PATH: process.env["PATH"] };
    const child = spawn(command, args, { stdio: ["ignore", "ignore", "inherit"], env });
    const exit = once(child, "exit");
    victim = {
      kill: async () => {
        child.kill("SIGKILL");
        await exit;
      },
    };
    await exit;
    victim = undefined;
    const lines = readFileSync(run.log, "utf8").trimEnd().split("\n");
    const after = lines
      .slice(-2)
      .map((line) => line.replace(/\t.*/, ""))
      .join("; ");
    const killed = child.signalCode === "SIGKILL";
    if (!killed && limit === undefined && !after.endsWith("done"))
      throw new Error(`the run ended by itself: ${after}`);
    const { runtime, records } = await killRuntime(run, { killed: false });
    try {
      const lost = await lostOf(records, lines);
      const ended = await resumed(runtime, records);
      return { killed, after, asked: playing.asked(), ...ended, faults: [...lost, ...ended.faults] };
    } finally {
      await records.close();
    }
  } finally {
    await playing.close();
  }
}

/** A run that nobody has disturbed, in this process. */
export async function undisturbed(graph: GraphName): Promise<Left> {
  const playing = await playingFor(graph, null, { at: "nothing" });
  const { runtime, records } = await killRuntime(playing.run, { killed: false });
  try {
    const { tool, input } = CASES[graph];
    await runtime.run(toolOfRun({ id: "", tool }), input);
    const { faults, report, records: left } = await resumed(runtime, records);
    if (faults.length > 0) throw new Error(faults.join("\n"));
    return { report, records: left, asked: playing.asked() };
  } finally {
    await records.close();
    await playing.close();
  }
}

export interface Playing {
  readonly run: KilledRun;
  /** How often a model was asked. */
  asked(): number;
  close(): Promise<void>;
}

/** Scripted models, and a place for a run. `kill` is called where the point is a question to a model. */
export async function playingFor(
  graph: GraphName,
  redisUrl: string | null,
  point: KillPoint,
  kill: () => Promise<void> = () => Promise.resolve(),
): Promise<Playing> {
  const home = mkdtempSync(join(tmpdir(), "finagent-killed-"));
  const prefix = redisPrefix();
  const log = join(home, "log");
  writeFileSync(log, "");
  let asked = 0;
  const watched = Object.entries(SCRIPTS).map(([agent, play]): [string, Player] => [
    agent,
    async (heard) => {
      asked += 1;
      if (point.at === "model" && point.n === asked) await kill();
      return play(heard);
    },
  ]);
  const server = await scriptedServer(Object.fromEntries(watched));
  return {
    run: { home, redisUrl, prefix, baseUrl: server.baseUrl, ...CASES[graph], point, log },
    asked: () => asked,
    close: async () => {
      await server.close();
      rmSync(home, { recursive: true });
      if (redisUrl !== null) await clearRedis(redisUrl, prefix);
    },
  };
}

/** Records whose writing was answered and that are not there. */
export async function lostOf(records: RecordStore, log: readonly string[]): Promise<string[]> {
  const lost: string[] = [];
  for (const line of log) {
    const told = line.split("\t")[1];
    if (told === undefined) continue;
    const { partition, keys } = writtenSchema.parse(JSON.parse(told));
    const values = await records.get(partition, keys);
    lost.push(...keys.filter((_, k) => values[k] === null).map((key) => `lost: ${partition.kind} ${key}`));
  }
  return lost;
}

const writtenSchema = z.object({
  partition: z.object({ kind: z.string(), id: z.string() }),
  keys: z.array(z.string()),
});

/** Resumes the only run of a store, where it has not ended, and looks at what it leaves. */
export async function resumed(
  runtime: Runtime,
  records: RecordStore,
): Promise<Pick<Killed, "begun" | "faults" | "report" | "records">> {
  const faults = await orphansWhileOpen(records);
  const [id] = await records.partitions("run");
  if (id === undefined) return { begun: false, faults, report: "", records: [] };
  const before = await runtime.run(showRunTool, { id });
  const steps: string[] = [];
  if (["interrupted", "failed"].includes(before.run.status)) {
    const done = await durableSteps(records, before.run.threadId);
    await runtime
      .resume(id, {
        onEvent: (event) => void (event.type === "step-finished" && steps.push(event.step.tool)),
      })
      .catch((error: unknown) => {
        faults.push(error instanceof FinAgentError ? `${error.code}: ${error.message}` : String(error));
      });
    const { report } = await runtime.run(showRunTool, { id });
    const all = stepsOf(report);
    const kept = before.run.report === null ? all.length - done : 0;
    if (steps.length !== kept) faults.push(`${steps.length} steps were done after ${done} of ${all.length}`);
  } else if (before.run.status !== "done") faults.push(`the run is ${before.run.status}`);
  const { run, events, report } = await runtime.run(showRunTool, { id });
  const ends = events.filter((event) => event.type === "finished" && event.status === "done").length;
  if (run.status !== "done" || ends !== 1) faults.push(`the run is ${run.status}, finished ${ends} times`);
  faults.push(...(await orphansIn(records)));
  return { begun: true, faults, report: comparable(report, run), records: await inventory(records, run) };
}

/** Between a kill and a resumption only what the step under way has put may be named by nothing yet. */
async function orphansWhileOpen(records: RecordStore): Promise<string[]> {
  const loose = await orphansIn(records);
  return loose.filter((one) => !/: a\/|^run .*: thread |^answer /.test(one));
}

function stepsOf(report: unknown): readonly unknown[] {
  const steps: unknown =
    typeof report === "object" && report !== null ? Reflect.get(report, "steps") : undefined;
  return Array.isArray(steps) ? steps : [];
}

interface Identity {
  readonly id: string;
  readonly threadId: string;
}

function comparable(report: unknown, { id, threadId }: Identity): string {
  const text = JSON.stringify(report, (key, value: unknown) => (key === "ms" ? 0 : value));
  return text.replaceAll(id, "RUN").replaceAll(threadId, "THREAD");
}

/** Kinds and keys of all records that a run leaves; what has a name of its own in every run is counted only. */
async function inventory(records: RecordStore, { id, threadId }: Identity): Promise<string[]> {
  const found: string[] = [];
  for (const kind of ["thread", "memory", "answer", "artifact", "run", "prompts"]) {
    for (const partition of await records.partitions(kind)) {
      for (const { key, value } of await records.range({ kind, id: partition }, { prefix: "" })) {
        const name = nameOf(kind, key, Buffer.from(value).toString("latin1"));
        if (name !== null) found.push(`${kind} ${name}`.replaceAll(id, "RUN").replaceAll(threadId, "THREAD"));
      }
    }
  }
  return found.toSorted();
}

function nameOf(kind: string, key: string, value: string): string | null {
  if (kind === "run") return key.startsWith("tape/") && !value.includes('"again":true') ? "tape" : null;
  if (kind !== "thread") return kind === "memory" || kind === "prompts" ? key : "";
  const [sort = ""] = key.split("/");
  if (sort === "a") return key;
  // A checkpoint for every step that was done, once.
  return sort === "c" ? `c/${decodeURIComponent(key).split("/")[1]?.replace(/:.*/, "")}` : null;
}
