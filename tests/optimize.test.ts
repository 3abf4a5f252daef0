import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { DEFAULT_POLICIES } from "../src/agents/policies.ts";
import { limitProblems } from "../src/domain/optimize/limits.ts";
import type { OptimizeReport } from "../src/domain/optimize/report.ts";
import { portfolioPolicySchema } from "../src/domain/policy/portfolio.ts";
import { createRuntime, type Runtime } from "../src/runtime.ts";
import { listPromptsTool } from "../src/tools/list-prompts.ts";
import { optimizeAgentPromptsTool } from "../src/tools/optimize-agent-prompts.ts";
import { rollbackPromptTool } from "../src/tools/rollback-prompt.ts";
import { runPipelineTool } from "../src/tools/run-pipeline.ts";
import { ownHome, SMALL, smallMarket } from "./support/optimize-market.ts";
import { testConfig } from "./support/test-config.ts";

type Span = OptimizeReport["holdout"]["span"];

const WISH = { ...SMALL, agent: "alpha", target: 1 } as const;

const opened: Runtime[] = [];

function runtimeOn(market = smallMarket(3), home = ownHome()): Runtime {
  const runtime = createRuntime(testConfig({ home }), { market });
  opened.push(runtime);
  return runtime;
}

/** The pipeline with the rules on one span of an optimisation. */
async function pipelineOn(runtime: Runtime, { from, to }: Span) {
  return runtime.run(runPipelineTool, {
    symbols: SMALL.symbols,
    from: from.slice(0, 10),
    to: to.slice(0, 10),
  });
}

afterAll(async () => {
  for (const runtime of opened) await runtime.close();
});

describe("where the base alpha prompt misses an edge", () => {
  const runtime = runtimeOn();
  let report: OptimizeReport;
  beforeAll(async () => {
    report = await runtime.run(optimizeAgentPromptsTool, WISH);
  });

  it("the search finds a better prompt, and it is promoted because the hold-out agrees", () => {
    const { baseline, trials, holdout, promoted, gate } = report;
    const last = trials.at(-1);
    expect(last).toMatchObject({ verdict: "promoted", version: promoted, author: "optimizer" });
    expect(last?.checks.map(({ passed }) => passed)).toEqual([true, true, true, true]);
    expect(last?.pValue).toBeLessThanOrEqual(0.05 / 12);
    expect(last?.metrics?.validation.sharpe).toBeGreaterThan(1);
    expect(baseline.metrics.validation.sharpe).toBeLessThan(0);
    expect(holdout).toMatchObject({ opened: true, openedBefore: 0, confirmed: true, version: promoted });
    expect(holdout.candidate?.sharpe).toBeGreaterThan(1);
    expect(holdout.baseline?.sharpe).toBeLessThan(0);
    expect(report).toMatchObject({ targetReached: true, model: "offline", status: "done" });
    expect(gate).toMatchObject({ triedBefore: 0, tried: trials.length });
    for (const trial of trials.slice(0, -1)) {
      expect(trial.verdict).toBe("rejected");
      expect(trial.checks.some(({ passed }) => !passed)).toBe(true);
    }
  });

  it("is in force from the next run on, which has the figures that the report promised, until it is rolled back", async () => {
    const { holdout, baseline, folds, promoted } = report;
    const after = await pipelineOn(runtime, holdout.span);
    expect(after.prompts["alpha"]).toBe(promoted);
    expect(after.metrics?.sharpe).toBeCloseTo(holdout.candidate?.sharpe ?? NaN, 9);
    expect(after.metrics?.trades).toBe(holdout.candidate?.trades);

    const back = await runtime.run(rollbackPromptTool, { agent: "alpha" });
    // Real money never went by it: no person had approved.
    expect(back).toMatchObject({ version: "1", replaced: promoted, live: "1" });
    const held = await pipelineOn(runtime, holdout.span);
    expect(held.prompts["alpha"]).toBe("1");
    expect(held.metrics?.sharpe).toBeCloseTo(holdout.baseline?.sharpe ?? NaN, 9);
    const fold = folds[1];
    if (fold === undefined) throw new Error("there are two folds");
    const { metrics } = await pipelineOn(runtime, fold.validation);
    const { bars: _bars, costs: _costs, ...figures } = baseline.metrics.folds[1]?.validation ?? {};
    expect(metrics).toMatchObject(figures);
  });

  it("a second optimisation counts the first one's candidates and tries none of them again", async () => {
    const second = await runtime.run(optimizeAgentPromptsTool, { ...WISH, budget: 1, dryRun: true });
    const before = report.trials.length;
    expect(second.gate).toMatchObject({ triedBefore: before, tried: before + 1 });
    const versions = report.trials.map(({ version }) => version);
    expect(versions).not.toContain(second.trials[0]?.version);
    const { prompts } = await runtime.run(listPromptsTool, { agent: "alpha" });
    expect(prompts.filter(({ author }) => author === "optimizer")).toHaveLength(before + 1);
  });

  it("is replayed to the same report after later optimisations and promotions", async () => {
    expect(await runtime.replay(report.runId)).toMatchObject({ identical: true, modelCalls: 0 });
  });

  it("is forked at its beginning, with the versions that it began with", async () => {
    const { report: forked } = await runtime.fork(report.runId, {
      set: { "input.budget": 1, "input.metric": "sortino", "input.dryRun": true },
    });
    expect(forked).toMatchObject({
      metric: "sortino",
      budget: 1,
      baseline: { version: "1" },
      promoted: null,
    });
    const late = runtime.fork(report.runId, { at: "gate", set: { "input.budget": 1 } });
    await expect(late).rejects.toThrow(/can only be forked at its beginning/);
  });

  it("does not depend on what comes after the last training span, as far as its first candidate goes", async () => {
    const from = Date.parse(report.folds.at(-1)?.validation.from ?? "");
    const other = runtimeOn(smallMarket(3, { spoiledAfter: from }));
    const { trials, baseline } = await other.run(optimizeAgentPromptsTool, { ...WISH, budget: 1 });
    expect(trials[0]?.policy).toEqual(report.trials[0]?.policy);
    expect(trials[0]?.version).toBe(report.trials[0]?.version);
    expect(baseline.metrics.validation).not.toEqual(report.baseline.metrics.validation);
  });
});

it("where there is no edge nothing is promoted, and the report says what could not be shown", async () => {
  const runtime = runtimeOn(smallMarket(3, { edge: 0 }));
  const report = await runtime.run(optimizeAgentPromptsTool, { ...WISH, target: 5, budget: 2 });
  expect(report.trials.map(({ verdict }) => verdict)).toEqual(["rejected", "rejected"]);
  expect(report).toMatchObject({ promoted: null, targetReached: false, holdout: { opened: false } });
  expect(report.endedBecause).toBe("The budget of 2 candidates is spent.");
  expect(report.notImproved.join(" ")).toMatch(/None of 2 candidates.*is known to about.*not reached/);
  const { prompts } = await pipelineOn(runtime, report.holdout.span);
  expect(prompts["alpha"]).toBe("1");
});

it("a target that is reached already is said to be, and nothing is tried", async () => {
  const report = await runtimeOn().run(optimizeAgentPromptsTool, { ...WISH, target: -9, current: 3 });
  expect(report).toMatchObject({
    trials: [],
    promoted: null,
    targetReached: true,
    holdout: { opened: false },
  });
  expect(report.endedBecause).toBe("The versions in force reach the target already.");
  expect(report.flags[0]).toMatch(/^It was said to be 3\.00; on the validation spans it is -\d\.\d\d\.$/);
});

it("a hold-out that others have looked at is said to be, though it stays shut", async () => {
  const runtime = runtimeOn();
  const first = await runtime.run(optimizeAgentPromptsTool, WISH);
  expect(first.holdout.opened).toBe(true);
  const again = await runtime.run(optimizeAgentPromptsTool, { ...WISH, target: -9 });
  expect(again.holdout).toMatchObject({ opened: false, openedBefore: 1 });
  expect(again.holdout.says).toMatch(
    /nothing was tried, but 1 earlier optimisation had looked at bars of it/,
  );
});

it("without a name the agent that costs most is worked on, within the limits of its base prompt", async () => {
  const { agent: _named, ...wish } = WISH;
  const runtime = runtimeOn();
  const report = await runtime.run(optimizeAgentPromptsTool, { ...wish, target: -9 });
  expect(report.agent).toBe(report.attribution[0]?.agent);
  expect(report.attribution.map(({ certaintyEquivalent }) => certaintyEquivalent)).toEqual(
    report.attribution.map(({ certaintyEquivalent }) => certaintyEquivalent).toSorted((a, b) => a - b),
  );
  const other = await runtime.run(optimizeAgentPromptsTool, {
    ...wish,
    agent: "portfolio",
    target: 9,
    budget: 1,
  });
  const policy = portfolioPolicySchema.parse(other.trials[0]?.policy);
  expect(policy).not.toEqual(DEFAULT_POLICIES.portfolio);
  expect(limitProblems("portfolio", policy, DEFAULT_POLICIES.portfolio)).toEqual([]);
});

it.each(["level", "gate", "pValueBound", "constraints.maxDrawdown", "settings.confidence"])(
  "no input sets %s",
  async (name) => {
    const [field = "", inner] = name.split(".");
    const given = { ...WISH, [field]: inner === undefined ? 1 : { [inner]: 1 } };
    await expect(runtimeOn().run(optimizeAgentPromptsTool, given)).rejects.toMatchObject({
      code: "BAD_ARGUMENT",
    });
  },
);
