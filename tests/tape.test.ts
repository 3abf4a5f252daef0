import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { RunEvent } from "../src/domain/run/event.ts";
import type { RunReport } from "../src/domain/run/report.ts";
import type { RunTape } from "../src/domain/run/run-tape.ts";
import type { RecordStore } from "../src/memory/records/record-store.ts";
import { sqliteRecords } from "../src/memory/records/sqlite-records.ts";
import { recordingTape } from "../src/memory/tape/recording-tape.ts";
import { replayTape } from "../src/memory/tape/replay-tape.ts";
import { withTape } from "../src/models/tape/with-tape.ts";
import { runPipelineTool } from "../src/tools/run-pipeline.ts";
import type { ConfigInput } from "../src/config.ts";
import type { RuntimeParts } from "../src/runtime-parts.ts";
import {
  type AgentScripts,
  ask,
  calls,
  FETCH,
  inTurn,
  scriptedTeam,
  specialist,
  type Team,
} from "./support/scripted-team.ts";

let home = "";
let store: RecordStore;
const teams: Team[] = [];
const records = (): Promise<RecordStore> => Promise.resolve(store);

beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), "finagent-tape-"));
  store = sqliteRecords(join(home, "tape.db"), { now: () => Date.now() });
});

afterAll(async () => {
  await Promise.all(teams.map(async ({ server }) => server.close()));
  await store.close();
  await rm(home, { recursive: true });
});

async function team(
  scripts: AgentScripts,
  settings: ConfigInput = {},
  parts: RuntimeParts = {},
): Promise<Team> {
  const openai = { streaming: false, ...settings.openai };
  const one = await scriptedTeam(scripts, { home, ...settings, openai }, { parts });
  teams.push(one);
  return one;
}

const manager = inTurn(
  { text: "I look at the prices first.", calls: [FETCH] },
  (heard) => calls(ask.alpha(heard), ask.risk(heard)),
  (heard) => calls(ask.portfolio(heard)),
  (heard) => ({ text: `Risk is ${String(heard.result("ask_risk_agent")["level"])}; see the weights.` }),
);

const choosing: AgentScripts = {
  manager,
  alpha: specialist({ choose: (policy) => ({ ...policy, threshold: 0.02 }) }),
};

const recording = (runId: string, cache = false): RunTape => recordingTape({ records, runId, cache });
const replaying = (runId: string): RunTape => replayTape({ records, runId });

/** A report without what differs from run to run. */
function lasting({ runId: _run, threadId: _thread, steps, ...report }: RunReport): object {
  return { ...report, steps: steps.map((step) => ({ ...step, ms: 0 })) };
}

/** A run by way of a tape, and what it said while it worked. */
async function heard(one: Team, tape: RunTape): Promise<{ report: RunReport; said: string }> {
  let said = "";
  const onEvent = (event: RunEvent): void => {
    if (event.type === "token") said += event.text;
  };
  const report = await withTape(tape, async () => one.ask({}, { onEvent }));
  return { report, said };
}

describe.each([
  { way: "streaming", streaming: true },
  { way: "not streaming", streaming: false },
])("a manager's run, $way", ({ way, streaming }) => {
  const id = `manager ${way}`;
  const openai = { streaming };
  let recorded: Awaited<ReturnType<typeof heard>>;
  let one: Team;

  beforeAll(async () => {
    one = await team(choosing, { openai });
    recorded = await heard(one, recording(id));
    await one.server.close();
  });

  it("is replayed with the endpoint closed, to the same report and the same words", async () => {
    expect(recorded.report.decisions).toEqual({ llm: 3, cache: 0, fallback: 0, rules: 0 });
    const again = await heard(one, replaying(id));
    expect(lasting(again.report)).toEqual(lasting(recorded.report));
    expect(again.report.usage.inputTokens).toBeGreaterThan(0);
    expect(again.said).toBe(recorded.said);
    expect(again.said.includes("I look at the prices first.")).toBe(streaming);
    // Without the tape the endpoint would have been asked.
    await expect(one.ask()).rejects.toMatchObject({ code: "MODEL_UNREACHABLE" });
  });

  it("goes on after a stop with the answers that it has", async () => {
    const tape = recordingTape({ records, runId: id, cache: false });
    expect(lasting((await heard(one, tape)).report)).toEqual(lasting(recorded.report));
    expect(tape.fault()).toBeNull();
    expect(lasting((await heard(one, replaying(id))).report)).toEqual(lasting(recorded.report));
  });
});

it("refuses a replay in which a model is told something else than at the time, and asks nobody", async () => {
  const one = await team(choosing);
  await heard(one, recording("other policy"));
  const asked = one.server.requests.length;
  const other = await team(
    choosing,
    { openai: { baseUrl: one.server.baseUrl } },
    {
      policies: { alpha: { threshold: 0.3 } },
    },
  );
  await expect(heard(other, replaying("other policy"))).rejects.toMatchObject({
    code: "TAPE_MISMATCH",
    message: expect.stringMatching(/^Call \d+ of a model, by the agent alpha, is not on the tape/) as string,
  });
  expect(one.server.requests).toHaveLength(asked);
});

it("refuses a tape of which one byte was changed, and names the call", async () => {
  const one = await team({ manager, risk: () => ({ status: 500 }) });
  await heard(one, recording("damaged"));
  const entries = await store.range({ kind: "run", id: "damaged" }, { prefix: "tape/" });
  const at = entries.findIndex(({ value }) => Buffer.from(value).includes('"agent":"risk"'));
  const { key, value } = entries[at] ?? { key: "", value: Buffer.of() };
  const write = async (bytes: Uint8Array): Promise<unknown> =>
    store.write({ kind: "run", id: "damaged" }, { put: [{ key, value: bytes }] });
  for (const byte of [3, 80, 200, value.length - 40]) {
    const changed = Uint8Array.from(value);
    changed[byte] = (value[byte] ?? 0) ^ 1;
    await write(changed);
    await expect(heard(one, replaying("damaged"))).rejects.toMatchObject({
      code: "TAPE_MISMATCH",
      message: `Call ${at + 1} on the tape of the run damaged, by the agent risk, is not as it was recorded.`,
    });
  }
});

it("replays the failure of a model, and that the rules stood in for it", async () => {
  const one = await team({ manager, risk: () => ({ status: 500, message: "out of order" }) });
  const { report } = await heard(one, recording("failure"));
  const asked = one.server.requests.length;
  const again = await heard(one, replaying("failure"));
  expect(one.server.requests).toHaveLength(asked);
  const { fallback } = again.report.steps.find(({ agent }) => agent === "risk") ?? {};
  expect(fallback).toMatch(/^MODEL_UNREACHABLE: .*out of order/);
  expect(lasting(again.report)).toEqual(lasting(report));

  // A run that is taken up again asks anew what failed, and its tape then tells of that.
  const mended = await team(choosing, { openai: { baseUrl: one.server.baseUrl } });
  const before = one.server.requests.length;
  await heard(mended, recording("failure"));
  expect(one.server.requests.length).toBeGreaterThan(before);
});

it("writes no secret on the tape, and replays it all the same", async () => {
  const apiKey = "local-key-of-the-endpoint";
  const key = `sk-${"abcd".repeat(6)}`;
  const one = await team(
    {
      manager: inTurn({ text: `Your keys are ${key} and ${apiKey}.`, calls: [FETCH] }, { text: "Done." }),
    },
    { openai: { apiKey } },
  );
  const { report } = await heard(one, recording("secrets"));
  const entries = await store.range({ kind: "run", id: "secrets" }, { prefix: "tape/" });
  const tape = entries.map(({ value }) => Buffer.from(value).toString("utf8")).join("\n");
  expect(tape).toContain("Your keys are [hidden]");
  expect(tape).not.toContain(key);
  expect(tape).not.toContain(apiKey);
  await one.server.close();
  expect(lasting((await heard(one, replaying("secrets"))).report)).toEqual(lasting(report));
});

describe("a pipeline that asks models at every date", () => {
  const input = {
    symbols: ["AAPL", "MSFT"],
    from: "2025-06-15",
    to: "2025-08-15",
    rebalance: 21,
    agents: "llm" as const,
  };

  it("takes equal questions of a second run from the cache, marks them, and pays nothing", async () => {
    const one = await team(choosing);
    const run = async (id: string): Promise<RunReport> =>
      withTape(recording(id, true), async () => one.runtime.run(runPipelineTool, input));
    const first = await run("first");
    const dates = first.rebalances.length;
    expect(dates).toBeGreaterThan(1);
    expect(first.decisions).toEqual({ llm: 3 * dates, cache: 0, fallback: 0, rules: 0 });
    expect(first.usage.inputTokens).toBeGreaterThan(0);
    const asked = one.server.requests.length;
    await one.server.close();

    const second = await run("second");
    expect(one.server.requests).toHaveLength(asked);
    expect(second.decisions).toEqual({ llm: 0, cache: 3 * dates, fallback: 0, rules: 0 });
    expect(second.steps.find(({ agent }) => agent === "alpha")?.by).toBe("cache");
    expect(second.usage).toEqual({ inputTokens: 0, outputTokens: 0, cost: 0, byModel: [] });
    expect(second.equity).toEqual(first.equity);
    expect(second.weights).toEqual(first.weights);

    // Each replay says what its run said of itself.
    for (const [id, report] of [["first", first] as const, ["second", second] as const]) {
      const again = await withTape(replaying(id), async () => one.runtime.run(runPipelineTool, input));
      expect(lasting(again)).toEqual(lasting(report));
    }
  });
});
