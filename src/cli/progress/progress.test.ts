import { describe, expect, it, vi } from "vitest";
import { scriptedIo } from "../../../tests/support/scripted-io.ts";
import type { PlanTask } from "../../domain/run/plan.ts";
import type { Step } from "../../domain/run/step.ts";
import { displayWidth } from "../terminal/display-width.ts";
import { Progress } from "./progress.ts";

const step = (fields: Partial<Step> = {}): Step => ({
  agent: "data",
  tool: "fetch_market_data",
  ms: 38.2,
  by: null,
  summary: "fetch AAPL, 125 bars",
  ...fields,
});

const task = (id: string, fields: Partial<PlanTask> = {}): PlanTask => ({
  id,
  tool: `ask_${id}_agent`,
  purpose: `do ${id}`,
  dependsOn: [],
  status: "pending",
  ...fields,
});

function watch(columns?: number, quiet = false) {
  const { io, stderr } = scriptedIo(columns === undefined ? {} : { columns });
  return { progress: new Progress(io.err, quiet), written: stderr };
}

describe("a pipe", () => {
  it("gets a line per step, with its time and who decided", () => {
    const { progress, written } = watch();
    progress.handle({ type: "step-started", agent: "data", tool: "fetch_market_data", label: "fetch AAPL" });
    progress.handle({ type: "step-finished", step: step() });
    progress.handle({
      type: "step-finished",
      step: step({ agent: "alpha", ms: 1234, by: "fallback", summary: "score" }),
    });
    progress.stop();
    expect(written().split("\n")).toEqual([
      `  ✓ data        ${"fetch AAPL, 125 bars".padEnd(44)}    38 ms`,
      `  ✓ alpha       ${"score".padEnd(44)}    1.2 s  fallback`,
      "",
    ]);
  });

  it("gets the error of a step that failed", () => {
    const { progress, written } = watch();
    progress.handle({ type: "step-finished", step: step({ error: "UNKNOWN_SYMBOL: there is no APPL" }) });
    expect(written()).toContain("✗ data");
    expect(written().replace(/\s+/g, " ")).toContain("UNKNOWN_SYMBOL: there 38 ms is no APPL");
  });

  it("hears of a long piece of work every five seconds, and nothing that moves", () => {
    vi.useFakeTimers({ toFake: ["performance"] });
    try {
      const { progress, written } = watch();
      for (let done = 1; done <= 100; done += 1) {
        vi.advanceTimersByTime(100);
        progress.handle({ type: "progress", agent: "pipeline", done, total: 100 });
      }
      expect(written().match(/\d+\/100/g)).toEqual(["50/100", "100/100"]);
      expect(written()).not.toContain("\u001b");
    } finally {
      vi.useRealTimers();
    }
  });
});

describe("the plan", () => {
  it("is shown when it is written and when it is revised, not when a task starts or is done", () => {
    const { progress, written } = watch();
    const plan = [task("data"), task("risk", { dependsOn: ["data"], condition: "if asked" })];
    progress.handle({ type: "plan", plan });
    expect(written()).toBe("Plan\n  ○ do data\n  ○ do risk (if asked; after data)\n");
    progress.handle({ type: "plan", plan: [task("data", { status: "running" }), ...plan.slice(1)] });
    progress.handle({ type: "plan", plan: [task("data", { status: "done" }), ...plan.slice(1)] });
    expect(written().match(/Plan/g)).toHaveLength(1);
    progress.handle({
      type: "plan",
      plan: [task("data", { status: "done" }), task("risk", { status: "skipped", note: "risk is HIGH" })],
    });
    expect(written()).toContain("\n\nPlan, revised\n  ✓ do data\n  – do risk (skipped: risk is HIGH)\n");
  });
});

describe("a terminal", () => {
  it("shows what runs and takes it away again", () => {
    const { progress, written } = watch(60);
    progress.handle({ type: "step-started", agent: "alpha", tool: "t", label: "score AAPL" });
    expect(written()).toMatch(/⠙|⠹/);
    progress.handle({ type: "step-finished", step: step({ agent: "alpha", tool: "t" }) });
    progress.stop();
    // As many lines are cleared as were drawn over.
    const drawn = written().split("\n").length - 1;
    const cleared = written().split("\u001b[1A\u001b[2K").length - 1;
    expect(drawn - cleared).toBe(1);
  });

  it("is never written beyond its width", () => {
    const { progress, written } = watch(50);
    progress.handle({
      type: "step-started",
      agent: "alpha",
      tool: "t",
      label: "a very long label ".repeat(9),
    });
    progress.handle({ type: "step-finished", step: step({ summary: "a very long summary ".repeat(9) }) });
    progress.stop();
    for (const line of written().split("\n")) {
      expect(displayWidth(line.replace(/\p{Control}\[\d*\w/gu, ""))).toBeLessThan(50);
    }
  });
});

it("is silent with --quiet", () => {
  const { progress, written } = watch(80, true);
  progress.handle({ type: "plan", plan: [task("data")] });
  progress.handle({ type: "step-started", agent: "a", tool: "t", label: "l" });
  progress.handle({ type: "step-finished", step: step() });
  progress.handle({ type: "progress", agent: "a", done: 1, total: 1 });
  progress.stop();
  expect(written()).toBe("");
});
