import { expect, it } from "vitest";
import { randomPanel } from "../../../../tests/support/random-panel.ts";
import { at } from "../../market/column.ts";
import type { BacktestReport } from "../report.ts";
import { runBacktest } from "../run.ts";
import { backtestSettingsSchema } from "../settings.ts";
import { PathResults } from "../stress/distribution.ts";
import { fieldAt, SCORE_SIZE, type ScoreField, writeScore } from "../sweep/score.ts";
import { Tally } from "../sweep/tally.ts";

/** Held through so many calendar days from the first close to the last. */
function held(days: number): BacktestReport {
  const panel = randomPanel(5, days + 1);
  return runBacktest({
    dataSet: {
      id: "test",
      source: "test",
      simulated: false,
      panel,
      benchmark: null,
      from: at(panel.time, 0),
      to: at(panel.time, days),
      findings: [],
    },
    strategy: { name: "held", params: {} },
    decisions: { rows: Int32Array.of(0), weights: [Float64Array.of(0.5)] },
    settings: backtestSettingsSchema.parse({ closeOut: false }),
    seed: 1,
  });
}

it("below 30 days a report compounds nothing to a year and says so; ratios and volatility stay", () => {
  const { metrics, statistics, absent, benchmark } = held(29);
  const reason = "Nothing is compounded to a year from less than 30 calendar days.";
  for (const name of ["cagr", "annualReturn", "calmar"] as const) {
    expect([metrics[name], absent[name]]).toEqual([null, reason]);
    expect([benchmark.metrics[name], benchmark.absent[name]]).toEqual([null, reason]);
  }
  expect([statistics.alpha, absent["alpha"]]).toEqual([null, reason]);
  for (const name of ["totalReturn", "volatility", "sharpe", "sortino", "maxDrawdown"] as const) {
    expect(metrics[name]).not.toBeNull();
  }
});

it("from 30 days on it does", () => {
  const { metrics, statistics, absent, finalEquity } = held(30);
  expect(metrics.cagr).toBeCloseTo((finalEquity / 100_000) ** (365.25 / 30) - 1, 5);
  expect(metrics.annualReturn).toBeCloseTo((finalEquity / 100_000) ** (252 / 30) - 1, 5);
  expect(metrics.calmar).toBeCloseTo((metrics.annualReturn ?? NaN) / -(metrics.maxDrawdown ?? NaN), 12);
  expect(statistics.alpha).not.toBeNull();
  expect(absent).not.toHaveProperty("cagr");
});

it.each([
  [29, false],
  [30, true],
])("a sweep and simulated paths keep to it: %d days, %s", (days, stated) => {
  const tally = new Tally();
  Object.assign(tally, { rows: 4, first: 100, last: 103, sum: 0.03, squares: 0.0005, deepest: -0.01 });
  const score = new Float64Array(SCORE_SIZE);
  writeScore(tally, { periodsPerYear: 252, riskFree: 0, years: days / 365.25 }, score, 0);
  const figure = (field: ScoreField): number => score[fieldAt(field)] ?? NaN;
  for (const field of ["cagr", "annualReturn", "calmar"] as const) {
    expect(Number.isNaN(figure(field))).toBe(!stated);
  }
  expect(figure("sharpe")).toBeGreaterThan(0);

  const paths = new PathResults(1);
  paths.record(0, Float64Array.of(100, 90, 110), false);
  const { cagr } = paths.distribution(days / 365.25);
  if (stated) expect(cagr?.p50).toBeCloseTo(1.1 ** (365.25 / days) - 1, 9);
  else expect(cagr).toBeNull();
});
