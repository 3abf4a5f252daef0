import { expect, it } from "vitest";
import { DEFAULT_POLICIES } from "../src/agents/policies.ts";
import { backtestSettingsSchema } from "../src/domain/backtest/settings.ts";
import { at, countAtMost } from "../src/domain/market/column.ts";
import { evaluateSpans } from "../src/domain/optimize/evaluate.ts";
import { layFolds } from "../src/domain/optimize/folds.ts";
import { gatherEvidence } from "../src/domain/optimize/evidence.ts";
import { regimesOf } from "../src/domain/optimize/regimes.ts";
import { createRuntime } from "../src/runtime.ts";
import { runPipelineTool } from "../src/tools/run-pipeline.ts";
import { plantedDataSet, plantedMarket } from "./support/planted-market.ts";
import { roughDataSet } from "./support/rough-market.ts";
import { testConfig } from "./support/test-config.ts";

const OPTIONS = { settings: backtestSettingsSchema.parse({}), constraints: {} };
const WINDOW = { from: "2020-03-02", to: "2021-02-26" };

it("a span is what the pipeline with rules makes of that window", async () => {
  const dataSet = plantedDataSet(1);
  const { time } = dataSet.panel;
  const span = {
    fromRow: countAtMost(time, Date.parse(WINDOW.from)),
    toRow: countAtMost(time, Date.parse(WINDOW.to) + 86_400_000),
  };
  const runtime = createRuntime(testConfig(), { market: plantedMarket(1) });
  const { metrics } = await runtime.run(runPipelineTool, {
    symbols: [...dataSet.panel.symbols],
    ...WINDOW,
    settings: { closeOut: true },
  });
  await runtime.close();
  const evaluation = evaluateSpans(dataSet, [span], DEFAULT_POLICIES, OPTIONS);
  // A second time, from what was kept of the first.
  for (const { spans } of [evaluation, evaluateSpans(dataSet, [span], DEFAULT_POLICIES, OPTIONS)]) {
    const { bars, costs, ...figures } = spans[0]?.figures ?? { bars: 0, costs: null };
    expect(bars).toBe(span.toRow - span.fromRow);
    expect(metrics).toMatchObject(figures);
    expect(100_000 * (costs ?? NaN)).toBeCloseTo(metrics?.costs ?? NaN, 2);
  }
  expect(metrics?.trades).toBeGreaterThan(10);
  const { joined } = evaluation;
  const { costs: _costs, ...alone } = evaluation.spans[0]?.figures ?? { costs: null };
  for (const [name, value] of Object.entries(alone)) {
    expect(joined.figures, name).toHaveProperty(name, expect.closeTo(value ?? NaN, 9));
  }
});

it("evidence holds training spans only", () => {
  const dataSet = roughDataSet(1);
  const plan = layFolds(dataSet, { folds: 4, embargoBars: 21 });
  const over = (part: "train" | "validation") =>
    evaluateSpans(
      dataSet,
      plan.folds.map((fold) => fold[part]),
      DEFAULT_POLICIES,
      OPTIONS,
    );
  const train = over("train");
  const trial = {
    number: 1,
    version: "1+a",
    policy: {},
    metrics: null,
    verdict: "rejected",
    reason: "0.0123",
  } as const;
  const common = {
    agent: "alpha" as const,
    metric: "sharpe" as const,
    dataSet,
    plan,
    riskFreeRate: 0,
    attribution: [],
    trials: [trial],
  };
  const evidence = gatherEvidence({ ...common, evaluation: train });
  expect(evidence.tried[0]?.problem).toBeNull();
  expect(evidence.worstTrades).toHaveLength(10);
  const bars = evidence.regimes.map((one) => one.bars);
  expect(bars).toHaveLength(4);
  // Every return of the training spans has one regime.
  expect(bars.reduce((sum, one) => sum + one, 0)).toBe(train.joined.returns.length);
  const within = evidence.worstTrades.every(({ entryTime }) =>
    plan.folds.some(
      (fold) =>
        Date.parse(entryTime) >= at(dataSet.panel.time, fold.train.fromRow) &&
        Date.parse(entryTime) < at(dataSet.panel.time, fold.train.toRow),
    ),
  );
  expect(within).toBe(true);
  expect(() => gatherEvidence({ ...common, evaluation: over("validation") })).toThrow(RangeError);
});

it("a regime is known at the close before", () => {
  const { panel } = roughDataSet(1);
  const before = regimesOf(panel);
  for (const [cut, factor] of [
    [1201, 5],
    [1202, 0.2],
    [1503, 5],
    [1504, 0.2],
  ] as const) {
    const bars = panel.bars.map((one) => ({
      ...one,
      close: one.close.map((price, i) => (i < cut ? price : price * factor)),
    }));
    const after = regimesOf({ ...panel, bars });
    expect(after.slice(0, cut + 1)).toEqual(before.slice(0, cut + 1));
    // What the jump says of the trend is known one row later.
    expect(after[cut + 1]).toBe(factor > 1 ? "rough rise" : "rough fall");
  }
});
