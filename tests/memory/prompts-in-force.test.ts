import { mkdtempSync, rmSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, expect, inject, it } from "vitest";
import { DEFAULT_POLICIES } from "../../src/agents/policies.ts";
import type { Factor } from "../../src/domain/alpha/factor.ts";
import type { RunEvent } from "../../src/domain/run/event.ts";
import { type RunReport, runReportSchema } from "../../src/domain/run/report.ts";
import { alphaPrompt } from "../../src/prompts/alpha.ts";
import type { RecordStore } from "../../src/memory/records/record-store.ts";
import { sqliteRecords } from "../../src/memory/records/sqlite-records.ts";
import { createRuntime, type Runtime, type RuntimeParts, servicesInForce } from "../../src/runtime.ts";
import { addPromptTool } from "../../src/tools/add-prompt.ts";
import { listSymbolsTool } from "../../src/tools/list-symbols.ts";
import { promotePromptTool } from "../../src/tools/promote-prompt.ts";
import { rollbackPromptTool } from "../../src/tools/rollback-prompt.ts";
import { runPipelineTool } from "../../src/tools/run-pipeline.ts";
import { showPromptTool } from "../../src/tools/show-prompt.ts";
import { showRunTool } from "../../src/tools/show-run.ts";
import { FETCH, ask, calls, inTurn, scriptedTeam, specialist } from "../support/scripted-team.ts";
import { testConfig } from "../support/test-config.ts";

const SETTINGS = { seed: 5, asOf: "2025-06-30" } as const;
const INPUT = { symbols: ["AAPL", "MSFT"], from: "2025-03-03" };
/** A threshold above every score: nothing is bought. */
const SILENT = { ...DEFAULT_POLICIES.alpha, threshold: 1 };

const home = mkdtempSync(join(inject("homes"), "prompts-"));
let records: RecordStore;
let runtime: Runtime;

beforeAll(() => {
  records = sqliteRecords(join(home, "records.db"), { now: () => Date.now() });
});
beforeEach(async () => {
  for (const id of await records.partitions("prompts")) await records.drop({ kind: "prompts", id });
  runtime = withParts();
});
afterAll(async () => {
  await records.close();
  rmSync(home, { recursive: true });
});

function withParts(parts: RuntimeParts = {}): Runtime {
  return createRuntime(testConfig({ home, ...SETTINGS }), { records, ...parts });
}

const pipeline = async (on = runtime): Promise<RunReport> => on.run(runPipelineTool, INPUT);

/** Puts another alpha policy in force, by another process. */
async function promote(policy: Record<string, unknown>, reason = "Try it"): Promise<string> {
  const other = withParts();
  const { instructions } = await other.run(showPromptTool, { agent: "alpha" });
  const { version } = await other.run(addPromptTool, { agent: "alpha", instructions, policy, reason });
  await other.run(promotePromptTool, { agent: "alpha", version, reason });
  return version;
}

/** Without what names this run or measures its time. */
function stable({ runId: _run, threadId: _thread, steps, ...rest }: RunReport): string {
  return JSON.stringify({ ...rest, steps: steps.map(({ ms: _ms, ...step }) => step) });
}

it("runs by the version in force, names it, and comes back to the bytes before by a rollback", async () => {
  const before = await pipeline();
  expect(before.prompts["alpha"]).toBe("1");
  expect(before.tradeList.length).toBeGreaterThan(0);

  const version = await promote(SILENT);
  const silent = await pipeline();
  expect(silent.prompts).toEqual({ ...before.prompts, alpha: version });
  expect(silent.tradeList).toEqual([]);
  const { run } = await runtime.run(showRunTool, { id: silent.runId });
  expect(run.prompts["alpha"]).toEqual({ version, hash: expect.stringMatching(/^[0-9a-f]{64}$/) as string });

  await withParts().run(rollbackPromptTool, { agent: "alpha" });
  expect(stable(await pipeline())).toBe(stable(before));
});

it("lets a program's own fields win, field by field, over what is in force", async () => {
  const version = await promote({ ...SILENT, combination: "time-series" });
  const own = withParts({ policies: { alpha: { threshold: 0.1 } } });
  const [report, bySame] = [
    await pipeline(own),
    await promote({ ...SILENT, threshold: 0.1, combination: "time-series" }),
  ];
  expect(report.tradeList.length).toBeGreaterThan(0);
  // Their sum has the name that such a version has in the store.
  expect(report.prompts["alpha"]).toBe(bySame);
  const { run } = await runtime.run(showRunTool, { id: report.runId });
  expect(run.prompts["alpha"]).toMatchObject({ version: bySame, over: version });
  expect((await own.replay(report.runId)).identical).toBe(true);
  expect(stable({ ...(await pipeline()), prompts: report.prompts })).toBe(stable(report));
});

it("replays, forks and resumes a run by the versions that it began with", async () => {
  const version = await promote({ ...SILENT, threshold: 0.05 });
  const report = await pipeline();
  const stop = new AbortController();
  const onEvent = (event: RunEvent): void => {
    if (event.type === "step-finished" && event.step.tool === "fetch_market_data") stop.abort();
  };
  let stopped = "";
  await expect(
    runtime.run(runPipelineTool, INPUT, {
      signal: stop.signal,
      onEvent: (event) => {
        if (event.type === "started") stopped = event.runId;
        onEvent(event);
      },
    }),
  ).rejects.toThrow();

  await promote(SILENT);
  expect((await pipeline()).tradeList).toEqual([]);
  expect(await runtime.replay(report.runId)).toMatchObject({ identical: true, changed: [] });
  const resumed = runReportSchema.parse(await runtime.resume(stopped));
  expect(stable(resumed)).toBe(stable(runReportSchema.parse(report)));
  const set = { "policy.risk.volatilityTarget": 0.14 };
  const { run } = await runtime.run(showRunTool, { id: (await runtime.fork(report.runId, { set })).run });
  expect(run.prompts["alpha"]?.version).toBe(version);
  expect(run.prompts["risk"]).toMatchObject({ over: "1" });
  expect((await runtime.replay(run.id)).identical).toBe(true);
});

it("refuses to run a run again whose version is not known here", async () => {
  const version = await promote(SILENT);
  const { runId } = await pipeline();
  await records.drop({ kind: "prompts", id: "versions" });
  for (const again of [withParts().replay(runId), withParts().fork(runId, { set: { seed: 6 } })]) {
    await expect(again).rejects.toMatchObject({
      code: "UNKNOWN_PROMPT",
      message: expect.stringContaining(`version ${version} of the alpha agent's prompt`) as string,
    });
  }
});

it("says which version cannot be used where a program lacks one of its factors", async () => {
  const coin: Factor = { name: "coin", description: "Nothing", evaluate: () => 0, score: () => 0 };
  const { instructions } = await runtime.run(showPromptTool, { agent: "alpha" });
  const policy = { ...SILENT, factors: [{ name: "coin", lookbackBars: 5, weight: 1 }] };
  const content = { agent: "alpha", instructions, policy, reason: "A factor of its own" };
  await expect(runtime.run(addPromptTool, content)).rejects.toThrow("names coin, which is no factor");

  const registered = withParts({ factors: [coin] });
  const { version } = await registered.run(addPromptTool, content);
  await expect(runtime.run(promotePromptTool, { agent: "alpha", version })).rejects.toThrow("coin");
  await registered.run(promotePromptTool, { agent: "alpha", version });
  expect((await pipeline(registered)).prompts["alpha"]).toBe(version);
  await expect(pipeline()).rejects.toMatchObject({
    code: "BAD_ARGUMENT",
    message: expect.stringContaining(
      `version ${version} of the alpha agent's prompt cannot be used`,
    ) as string,
    hint: expect.stringContaining("finagent prompts rollback alpha") as string,
  });
});

it("tells a model the instructions in force", async () => {
  const team = await scriptedTeam(
    {
      manager: inTurn(
        { text: "Data.", calls: [FETCH] },
        (heard) => calls(ask.alpha(heard)),
        () => ({ text: "Done." }),
      ),
      alpha: specialist({}),
    },
    { openai: { apiKey: "any" } },
    { parts: { records } },
  );
  try {
    const { policy } = await runtime.run(showPromptTool, { agent: "alpha" });
    const instructions = `${alphaPrompt.instructions}\n\nBe brief.`;
    const content = { agent: "alpha", instructions, policy, reason: "Short" };
    const { version } = await runtime.run(addPromptTool, content);
    await runtime.run(promotePromptTool, { agent: "alpha", version });
    const report = await team.ask({ request: "Analyze AAPL" });
    expect(report.prompts["alpha"]).toBe(version);
    const [told] = team.requestsOf("alpha")[0]?.messages ?? [];
    expect(told?.content).toContain("\n\nBe brief.\n\nYour policy:");
  } finally {
    await team.server.close();
  }
});

it("keeps one assembly while the same is in force", async () => {
  const current = servicesInForce(testConfig({ home, ...SETTINGS }), { records });
  const services = await current();
  expect(await current()).toBe(services);
  await promote(SILENT);
  const then = await current();
  expect(then.policies.alpha.threshold).toBe(1);
  expect([then.market, then.workers, then.memory]).toEqual([
    services.market,
    services.workers,
    services.memory,
  ]);
});

it("opens no store for who merely looks something up", async () => {
  const untouched = new Proxy(records, {
    get: () => () => Promise.reject(new Error("the store was read")),
  });
  const { symbols } = await withParts({ records: untouched }).run(listSymbolsTool, {});
  expect(symbols.length).toBeGreaterThan(10);
});
