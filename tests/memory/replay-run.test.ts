import { mkdtempSync, rmSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, inject, it } from "vitest";
import { simulatedMarketData } from "../../src/adapters/simulated/simulated-market-data.ts";
import { diffRuns } from "../../src/domain/run/diff-runs.ts";
import { type RunReport, runReportSchema } from "../../src/domain/run/report.ts";
import type { RunRecord } from "../../src/domain/run/run-record.ts";
import type { RecordStore } from "../../src/memory/records/record-store.ts";
import { sqliteRecords } from "../../src/memory/records/sqlite-records.ts";
import { createRuntime, type RuntimeParts } from "../../src/runtime.ts";
import { askTool } from "../../src/tools/ask.ts";
import { showRunTool } from "../../src/tools/show-run.ts";
import { ask, calls, FETCH, inTurn, scriptedTeam, specialist, type Team } from "../support/scripted-team.ts";
import { testConfig } from "../support/test-config.ts";

const clock = { now: () => Date.now() };
const home = mkdtempSync(join(inject("homes"), "replay-"));
const records: RecordStore = sqliteRecords(join(home, "records.db"), clock);
let team: Team;
const turns: RunReport[] = [];

/** Another program on the same store: no endpoint, no key, another model and seed. */
const elsewhere = (parts: RuntimeParts = {}): ReturnType<typeof createRuntime> =>
  createRuntime(testConfig({ seed: 9 }), {
    records,
    market: simulatedMarketData({ seed: 1, clock: { now: () => Date.UTC(2026, 0, 2) } }),
    ...parts,
  });

const show = async (id: string): Promise<RunRecord> => team.runtime.run(showRunTool, { id });

/** Whatever lies in the store. */
async function whole(): Promise<string[]> {
  const all: string[] = [];
  for (const kind of ["thread", "run", "artifact", "answer", "memory"]) {
    for (const id of await records.partitions(kind)) {
      for (const { key, value } of await records.range({ kind, id }, { prefix: "" }))
        all.push(`${kind}/${id}/${key}=${Buffer.from(value).toString("base64")}`);
    }
  }
  return all;
}

beforeAll(async () => {
  team = await scriptedTeam(
    {
      manager: inTurn(
        { text: "I look at the prices first.", calls: [FETCH] },
        (heard) => calls(ask.alpha(heard), ask.risk(heard)),
        (heard) => calls(ask.portfolio(heard)),
        (heard) => ({ text: `${heard.said}: ${String(heard.result("ask_risk_agent")["level"])}.` }),
      ),
      alpha: specialist({ choose: (policy) => ({ ...policy, threshold: 0.02 }) }),
    },
    { openai: { apiKey: "key-of-the-endpoint" } },
    { parts: { records } },
  );
  for (const request of ["One", "Two", "Three"]) turns.push(await team.ask({ request, threadId: "talk" }));
});

afterAll(async () => {
  await team.server.close();
  await records.close();
  rmSync(home, { recursive: true });
});

it("forks a turn of a conversation, with what was said before it and nothing that was said after", async () => {
  const [, second] = turns;
  const talk = { kind: "thread", id: "talk" };
  const before = await records.range(talk, { prefix: "" });
  const asked = team.requestsOf("manager").length;
  const asking = team.server.requests.length;
  const forked = await team.runtime.fork(second?.runId ?? "", { set: { request: "Other" } });
  const report = runReportSchema.parse(forked.report);
  expect(report).toMatchObject({ runId: forked.run, request: "Other" });
  expect(report.answer).toMatch(/^Other: (?:LOW|MODERATE|HIGH)\.$/);
  expect(await records.range(talk, { prefix: "" })).toEqual(before);
  // The manager is told something else and is asked; the specialists' tasks are the same.
  const told = team.requestsOf("manager").slice(asked);
  expect(team.server.requests).toHaveLength(asking + told.length);
  expect(told).toHaveLength(4);
  for (const request of told) {
    const said = request.messages.filter(({ role }) => role === "user").map(({ content }) => content);
    expect(said).toEqual(["One", "Other"]);
  }
  expect(report.decisions).toEqual({ llm: 0, cache: 3, fallback: 0, rules: 0 });

  const [was, is] = [await show(second?.runId ?? ""), await show(forked.run)];
  expect(is.run.forkedFrom).toEqual({ id: second?.runId, at: null, set: { request: "Other" } });
  expect(is.run.threadId).not.toBe("talk");
  expect(diffRuns(was, is)).toMatchObject({
    identity: [{ field: "input.request", a: "Two", b: "Other" }],
    decisions: { weights: [], answer: false, by: { a: { llm: 3 }, b: { cache: 3 } } },
  });
  turns.push(report);
});

it("forks with other instructions for one agent: its model alone is asked anew", async () => {
  const asking = team.server.requests.length;
  const told = "You are the risk agent. Call `measure_risk` and hand in what it returns.";
  const forked = await team.runtime.fork(turns[0]?.runId ?? "", { set: { "prompt.risk": told } });
  const asked = team.requestsOf("risk").slice(-2);
  expect(team.server.requests).toHaveLength(asking + asked.length);
  for (const { messages } of asked) expect(messages[0]?.content).toMatch(told);
  const report = runReportSchema.parse(forked.report);
  expect(report.decisions).toEqual({ llm: 1, cache: 2, fallback: 0, rules: 0 });
  expect(report.prompts["risk"]).toMatch(/^1\+[0-9a-f]{8}$/);
  const { identity, decisions } = diffRuns(await show(turns[0]?.runId ?? ""), await show(forked.run));
  expect(identity.map(({ field }) => field)).toEqual(["overrides.prompt.risk", "prompts.risk"]);
  expect([decisions.answer, decisions.weights]).toEqual([true, []]);
  turns.push(report);
});

it("replays each turn with the endpoint closed, also before others, and leaves the store as it is", async () => {
  await team.server.close();
  const asked = team.server.requests.length;
  const before = await whole();
  const runtime = elsewhere();
  expect(turns).toHaveLength(5);
  for (const { runId } of turns) {
    const replayed = await runtime.replay(runId);
    expect(replayed).toMatchObject({ run: runId, identical: true, differing: 0, changed: [] });
    const { events } = await show(runId);
    const count = (type: string): number => events.filter((event) => event.type === type).length;
    expect([replayed.steps, replayed.modelCalls]).toEqual([count("step-finished"), count("model-call")]);
    expect(replayed.modelCalls).toBeGreaterThan(8);
  }
  expect(await whole()).toEqual(before);
  expect(team.server.requests).toHaveLength(asked);
});

it("forks with another model, which alone is asked", async () => {
  const forked = await team.runtime.fork(turns[0]?.runId ?? "", { set: { model: "offline" } });
  expect(runReportSchema.parse(forked.report)).toMatchObject({ model: "offline", decisions: { llm: 0 } });
});

it("says of a replay that is refused what has changed since", async () => {
  const [first] = turns;
  const other = elsewhere({ policies: { alpha: { threshold: 0.3 } } });
  await expect(other.replay(first?.runId ?? "")).rejects.toMatchObject({
    code: "TAPE_MISMATCH",
    message: expect.stringMatching(
      /by the agent alpha, is not on the tape .* What has changed since: The prompt or policy of the agent alpha was/,
    ) as string,
  });
});

it("fails loudly where one byte of the tape was changed, and names the call", async () => {
  const run = { kind: "run", id: turns[0]?.runId ?? "" };
  const entries = await records.range(run, { prefix: "tape/" });
  const at = entries.findIndex(({ value }) => Buffer.from(value).includes('"agent":"risk"'));
  const { key = "", value = Buffer.of() } = entries[at] ?? {};
  const changed = Uint8Array.from(value);
  changed[200] = (value[200] ?? 0) ^ 1;
  await records.write(run, { put: [{ key, value: changed }] });
  await expect(elsewhere().replay(run.id)).rejects.toMatchObject({
    code: "TAPE_MISMATCH",
    message: `Call ${at + 1} on the tape of the run ${run.id}, by the agent risk, is not as it was recorded.`,
  });
});

it("recalls in a replay what was known at the time, and not what was decided since", async () => {
  const runtime = createRuntime(testConfig({ asOf: "2025-06-30" }), { records });
  const decide = "Propose a portfolio of AAPL and MSFT";
  const [first, asked] = [
    await runtime.run(askTool, { request: decide }),
    await runtime.run(askTool, { request: "What did you recommend for AAPL before?" }),
  ];
  expect(asked.answer).toContain("AAPL");
  const later = await runtime.run(askTool, { request: decide.replace("MSFT", "NVDA") });
  const now = await runtime.run(askTool, { request: asked.request });
  expect(now.answer).not.toBe(asked.answer);
  for (const { runId } of [first, asked, later, now])
    expect(await runtime.replay(runId)).toMatchObject({ identical: true, modelCalls: 0 });
});
