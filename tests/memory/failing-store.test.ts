import { createClient } from "redis";
import { afterAll, beforeAll, expect, it } from "vitest";
import { FinAgentError } from "../../src/domain/errors.ts";
import type { RunEvent } from "../../src/domain/run/event.ts";
import type { RunReport } from "../../src/domain/run/report.ts";
import type { RecordStore } from "../../src/memory/records/record-store.ts";
import { redisRecords } from "../../src/memory/records/redis-records.ts";
import { createRuntime, type RunOptions, type Runtime } from "../../src/runtime.ts";
import { askTool } from "../../src/tools/ask.ts";
import { runPipelineTool } from "../../src/tools/run-pipeline.ts";
import { showRunTool } from "../../src/tools/show-run.ts";
import { failingAt } from "../support/failing-at.ts";
import { freePort, startRedis, type TestRedis } from "../support/redis-server.ts";
import { ask as called, calls, FETCH, inTurn, scriptedTeam, specialist } from "../support/scripted-team.ts";
import { testConfig } from "../support/test-config.ts";

const clock = { now: () => Date.UTC(2026, 5, 30) };
const stores: RecordStore[] = [];
let redis: TestRedis;
let admin: ReturnType<typeof createClient>;

beforeAll(async () => {
  redis = await startRedis(["--appendonly", "yes"]);
  admin = createClient({ url: redis.url });
  admin.on("error", () => undefined);
  await admin.connect();
});

afterAll(async () => {
  await Promise.all(stores.map((store) => store.close()));
  admin.destroy();
  await redis.remove();
});

const tell = (...command: string[]): Promise<unknown> => admin.sendCommand(command);

async function open(prefix: string): Promise<RecordStore> {
  const store = await redisRecords({ url: redis.url, prefix, times: { connectMs: 400, commandMs: 400 } });
  stores.push(store);
  return store;
}

interface Fault {
  readonly code: string;
  begin(): Promise<unknown>;
  end(): Promise<unknown>;
}

const FAULTS: Readonly<Record<string, Fault>> = {
  "is down": {
    code: "STORE_UNREACHABLE",
    begin: async () => redis.kill(),
    end: async () => (redis = await redis.restart()),
  },
  "refuses the password": {
    code: "STORE_AUTH",
    begin: async () => {
      await tell("CONFIG", "SET", "requirepass", "another");
      await tell("CLIENT", "KILL", "TYPE", "normal", "SKIPME", "yes");
    },
    end: async () => tell("CONFIG", "SET", "requirepass", ""),
  },
  "is read-only": {
    code: "STORE_READ_ONLY",
    begin: async () => tell("REPLICAOF", "127.0.0.1", String(await freePort())),
    end: async () => tell("REPLICAOF", "NO", "ONE"),
  },
  "is out of memory": {
    code: "STORE_FULL",
    begin: async () => tell("CONFIG", "SET", "maxmemory", "1mb"),
    end: async () => tell("CONFIG", "SET", "maxmemory", "0"),
  },
  "stops answering": {
    code: "STORE_TIMEOUT",
    begin: async () => Promise.resolve(redis.process.kill("SIGSTOP")),
    end: async () => Promise.resolve(redis.process.kill("SIGCONT")),
  },
};

type Run = (runtime: Runtime, options?: RunOptions) => Promise<RunReport>;

const REQUEST = "Propose a portfolio of AAPL and MSFT, then backtest it";
const PERIOD = { from: "2025-01-02", to: "2025-06-30" };
const RUNS: Readonly<Record<string, Run>> = {
  ask: (runtime, options) => runtime.run(askTool, { request: REQUEST, asOf: PERIOD.to }, options),
  pipeline: (runtime, options) =>
    runtime.run(runPipelineTool, { symbols: ["AAPL", "JPM"], ...PERIOD }, options),
};

const runtimeOn = (records: RecordStore): Runtime =>
  createRuntime(testConfig({ seed: 7 }), { records, clock });

/** Without what names a run or measures its time. */
const said = (report: unknown): string =>
  JSON.stringify(report, (key, value: unknown) =>
    key === "ms" || key === "runId" || key === "threadId" ? undefined : value,
  );

/** What came of a run that fails. */
async function failed(run: Run, runtime: Runtime): Promise<{ error: unknown; id: string; ms: number }> {
  let id = "";
  const onEvent = (event: RunEvent): void => {
    if (event.type === "started") id = event.runId;
  };
  const begin = performance.now();
  const error: unknown = await run(runtime, { onEvent }).then(
    () => null,
    (thrown: unknown) => thrown,
  );
  return { error, id, ms: performance.now() - begin };
}

const undisturbed = new Map<string, Promise<string>>();

async function whole(name: string, run: Run): Promise<string> {
  const made =
    undisturbed.get(name) ?? open("whole").then(async (store) => said(await run(runtimeOn(store))));
  undisturbed.set(name, made);
  return made;
}

const CASES = Object.keys(RUNS).flatMap((name, i) =>
  Object.keys(FAULTS).map((what, k) => ({ name, what, step: (i + 2 * k) % 7 })),
);

it.each(CASES)("$name on a Redis that $what before step $step", async ({ name, what, step }) => {
  const [run, fault] = [RUNS[name], FAULTS[what]];
  if (run === undefined || fault === undefined) throw new Error("no such case");
  const expected = await whole(name, run);
  const inner = await open(`${name}-${step}`);
  const { store, kept } = failingAt(inner, step, fault.begin);
  const runtime = runtimeOn(store);
  const { error, id, ms } = await failed(run, runtime);
  await fault.end();

  expect(error).toBeInstanceOf(FinAgentError);
  expect(error).toMatchObject({ code: fault.code, exitStatus: 3 });
  // Twice the 400 ms that a call may take, and the work before.
  expect(ms).toBeLessThan(5000);
  const { run: left } = await runtime.run(showRunTool, { id });
  expect(["failed", "interrupted"]).toContain(left.status);
  const there = await inner.keys({ kind: "thread", id: left.threadId }, { prefix: "" });
  expect((kept.get(left.threadId) ?? []).filter((key) => !there.includes(key))).toEqual([]);
  // As another process would do it.
  const later = runtimeOn(await open(`${name}-${step}`));
  expect(said(await later.resume(id))).toBe(expected);
  expect((await later.run(showRunTool, { id })).run).toMatchObject({ status: "done", error: null });
});

it("a model's agent does not fall back to its rules where the store fails", async () => {
  let fail = true;
  const scripts = {
    manager: inTurn(
      calls(FETCH),
      (heard) => calls(called.alpha(heard)),
      (heard) => calls(called.risk(heard)),
      { text: "Done." },
    ),
    alpha: async (heard: Parameters<ReturnType<typeof specialist>>[0]) => {
      if (fail) await FAULTS["is read-only"]?.begin();
      fail = false;
      return specialist()(heard);
    },
  };
  const { runtime, server, ask } = await scriptedTeam(
    scripts,
    {},
    { parts: { records: await open("team") } },
  );
  const events: RunEvent[] = [];
  const failure: unknown = await ask({}, { onEvent: (event) => events.push(event) }).catch(
    (error: unknown) => error,
  );
  await FAULTS["is read-only"]?.end();
  expect(failure).toMatchObject({ code: "STORE_READ_ONLY" });
  const steps = events.flatMap((event) => (event.type === "step-finished" ? [event.step.tool] : []));
  expect(steps).toEqual(["fetch_market_data"]);
  const id = events.find((event) => event.type === "started")?.runId ?? "";
  const resumed = said(await runtime.resume(id));
  // The server counts its calls, and tokens by the length of that number too.
  const tokens = /"inputTokens":\d+/g;
  expect(resumed.replace(tokens, "")).toBe(said(await ask()).replace(tokens, ""));
  expect(resumed).toContain('"fallback":0');
  await server.close();
});
