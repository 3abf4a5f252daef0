import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { dailyBars } from "../../tests/support/daily-bars.ts";
import { marketOf } from "../../tests/support/panel-market.ts";
import { defineStrategy } from "../domain/backtest/define-strategy.ts";
import { signalOf } from "../domain/backtest/signal-of.ts";
import type { SweepReport } from "../domain/backtest/sweep/sweep-report.ts";
import type { Bars } from "../domain/market/bars.ts";
import { type Random, randomFrom } from "../domain/random.ts";
import { createRuntime, type Runtime } from "../runtime.ts";
import { sweepStrategyTool } from "./sweep-strategy.ts";
import { testConfig } from "../../tests/support/test-config.ts";

let home = "";

beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), "finagent-sweeps-"));
});

afterAll(() => rm(home, { recursive: true }));

/** 1,000 days of returns that a rule makes from a source of random numbers. */
function barsOf(symbol: string, random: Random, next: (random: Random, before: number) => number): Bars {
  const open = new Float64Array(1000);
  const close = new Float64Array(1000);
  let price = 100;
  let move = 0;
  for (let i = 0; i < close.length; i += 1) {
    open[i] = price;
    move = next(random, move);
    close[i] = price *= 1 + move;
  }
  return dailyBars(symbol, { open, close });
}

const noise = (random: Random): number => 0.01 * random.normal();

function runtimeOn(bars: readonly Bars[], parts: Parameters<typeof createRuntime>[1] = {}): Runtime {
  return createRuntime(testConfig({ home }), { market: marketOf(bars), ...parts });
}

function sweep(runtime: Runtime, symbol: string, grid: Record<string, string>): Promise<SweepReport> {
  return runtime.run(sweepStrategyTool, {
    strategy: "sma-cross",
    grid,
    symbols: [symbol],
    settings: { commission: 0, slippageBps: 0 },
    fresh: true,
  });
}

it("finds nothing in noise: the choice is a draw, and it says so", async () => {
  const names = Array.from({ length: 24 }, (_, k) => `N${k}`);
  const random = randomFrom(11);
  const runtime = runtimeOn(names.map((name) => barsOf(name, random.fork(name), noise)));
  const probabilities: number[] = [];
  let shown = 0;
  for (const name of names) {
    const report = await sweep(runtime, name, { fast: "2:20:3", slow: "25:65:10" });
    expect(report.combinations).toMatchObject({ inGrid: 35, tried: 35, refused: [] });
    probabilities.push(report.overfitting.probability ?? NaN);
    if (report.verdict.conclusion !== "no evidence") shown += 1;
    else expect(report.verdict.reasons[0]).toMatch(/^Nothing is shown|no more than "no evidence"/);
  }
  const mean = probabilities.reduce((sum, one) => sum + one, 0) / probabilities.length;
  expect(mean).toBeGreaterThan(0.35);
  expect(mean).toBeLessThan(0.65);
  expect(shown).toBeLessThanOrEqual(1);
});

it("finds an edge that was planted, and where it lies", async () => {
  // Tomorrow goes on as today: the faster the averages, the better.
  const trending = (random: Random, before: number): number => 0.35 * before + 0.01 * random.normal();
  const runtime = runtimeOn([barsOf("EDGE", randomFrom(3), trending)]);
  const report = await sweep(runtime, "EDGE", { fast: "1:3", slow: "2:60:2" });
  expect(report.verdict.conclusion).toBe("holds up");
  expect(report.overfitting.probability).toBeLessThan(0.05);
  expect(report.best[0]?.params["fast"]).toBe(1);
  expect(report.best[0]?.params["slow"]).toBeLessThan(10);
});

it("shows no more than the best shows by itself", async () => {
  // Whoever is long gains; when, does not matter: what is in the market longest is best in both halves.
  const rising = (random: Random): number => 0.002 + 0.01 * random.normal();
  const runtime = runtimeOn([barsOf("RISE", randomFrom(4), rising)]);
  const { verdict, overfitting } = await sweep(runtime, "RISE", { fast: "2:20:3", slow: "25:65:10" });
  expect(overfitting.deflatedSharpe).toBeGreaterThan(0.95);
  expect(verdict.conclusion).toBe("no evidence");
  expect(verdict.reasons[0]).toBe(
    'The choice stands its tests, but the best gets no more than "no evidence" by itself.',
  );
});

it("sweeps a strategy that only this process knows, on several symbols, in this thread", async () => {
  const own = defineStrategy({
    name: "own-rule",
    description: "In and out by turns",
    signal: (bars) => signalOf(bars.length, (bar) => (bar % 20 < 10 ? 1 : 0)),
  });
  const random = randomFrom(5);
  const bars = ["A", "B"].map((name) => barsOf(name, random.fork(name), noise));
  const runtime = runtimeOn(bars, { strategies: [own] });
  const run = (strategy: string, grid: Record<string, string>): Promise<SweepReport> =>
    runtime.run(sweepStrategyTool, { strategy, grid, symbols: ["A", "B"], metric: "totalReturn" });
  await expect(run("own-rule", { period: "1:3" })).rejects.toMatchObject({ code: "BAD_ARGUMENT" });
  const report = await run("agents", { rebalanceBars: "100,200" });
  expect(report.work).toMatchObject({ computed: 2, takenOver: 0, threads: 1 });
  expect((await run("agents", { rebalanceBars: "100,200" })).work).toMatchObject({
    computed: 0,
    takenOver: 2,
  });
});
