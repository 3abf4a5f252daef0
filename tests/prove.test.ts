import { expect, it } from "vitest";
import { plainText } from "../src/cli/terminal/span.ts";
import { drawBlocks } from "../src/cli/markdown/draw.ts";
import { describeRun } from "../src/cli/report/describe-run.ts";
import type { RunEvent } from "../src/domain/run/event.ts";
import { createRuntime } from "../src/runtime.ts";
import { backtestStrategyTool } from "../src/tools/backtest-strategy.ts";
import { testConfig } from "./support/test-config.ts";

const runtime = createRuntime(testConfig({ asOf: "2025-08-15" }));
const input = { strategy: "sma-cross", symbols: ["AAPL", "MSFT"], from: "2023-08-15", prove: true };

it("proves a backtest, tells how far it is, and shows every test", async () => {
  const events: RunEvent[] = [];
  const report = await runtime.run(backtestStrategyTool, input, {
    onEvent: (event) => events.push(event),
  });
  const steps = events.filter((event) => event.type === "progress");
  expect(steps.length).toBeGreaterThan(50);
  expect(steps.every(({ done, total }, k) => done === k + 1 && done < total)).toBe(true);

  const proof = report.backtest?.proof;
  if (proof === null || proof === undefined) throw new Error("no proof");
  expect(proof.lookAhead.standing).toBe("passed");
  for (const width of [60, 100]) {
    const lines = drawBlocks(describeRun(report, 1, width), width).map(plainText);
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(width);
  }
  const shown = drawBlocks(describeRun(report, 1, 200), 200)
    .map(plainText)
    .join("\n");
  const tests = [
    proof.lookAhead,
    proof.costs,
    proof.lags,
    proof.bootstrap,
    proof.walkForward,
    proof.overfitting,
  ];
  for (const { conclusion } of tests) {
    // Once: the verdict above does not say it again.
    expect(shown.split(conclusion.slice(0, 60))).toHaveLength(2);
  }
  expect(shown).toMatch(/next open, this run +-?\d+\.\d\d% /);
  expect(shown).toMatch(/Parameters tried \(\d+\)/);
});

it("stops between two steps", async () => {
  const controller = new AbortController();
  let seen = 0;
  const run = runtime.run(backtestStrategyTool, input, {
    signal: controller.signal,
    onEvent: (event) => {
      if (event.type === "progress") seen += 1;
      if (seen === 5) controller.abort();
    },
  });
  await expect(run).rejects.toThrow();
  expect(seen).toBeLessThan(60);
});
