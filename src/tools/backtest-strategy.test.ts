import { expect, it } from "vitest";
import { marketOf } from "../../tests/support/panel-market.ts";
import { randomBars } from "../../tests/support/random-panel.ts";
import type { RunReport } from "../domain/run/report.ts";
import { createRuntime } from "../runtime.ts";
import { backtestStrategyTool } from "./backtest-strategy.ts";
import { runPipelineTool } from "./run-pipeline.ts";
import { testConfig } from "../../tests/support/test-config.ts";

// History begins with the window, so that at the first dates not every agent can decide.
const INPUT = { symbols: ["A", "B"], from: "2000-01-01", to: "2000-10-01" };
const runtime = createRuntime(testConfig(), {
  market: marketOf([randomBars("A", 1, 300), randomBars("B", 2, 300)]),
});
const backtest = (strategy: string): Promise<RunReport> =>
  runtime.run(backtestStrategyTool, { ...INPUT, strategy, settings: { closeOut: false } });

it("says how often the agents' rules decided, as the pipeline does that decides the same", async () => {
  const pipeline = await runtime.run(runPipelineTool, INPUT);
  const report = await backtest("agents");
  expect(report.equity).toEqual(pipeline.equity);
  expect(pipeline.rebalances.some(({ note }) => note !== null)).toBe(true);
  expect(pipeline.decisions.rules).toBeGreaterThan(pipeline.rebalances.length);
  expect(report.decisions).toEqual(pipeline.decisions);
  const counts = pipeline.steps.map(({ decisions = [] }) => decisions.length);
  expect(new Set(counts.filter((count) => count > 0)).size).toBeGreaterThan(1);
});

it("says that a rank of so few symbols chooses nothing", async () => {
  const { backtest: report } = await backtest("momentum-rank");
  expect(report?.flags).toContain(
    "The rank chose nothing: there are 2 symbols for a top of 3, so momentum-rank held all that rose.",
  );
});

it("counts no decision of an agent where a named strategy decides", async () => {
  expect((await backtest("sma-cross")).decisions).toEqual({ llm: 0, cache: 0, fallback: 0, rules: 0 });
});
