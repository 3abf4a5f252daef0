import { describe, expect, it } from "vitest";
import { maxDrawdown } from "../backtest/statistics/max-drawdown.ts";
import { deflatedSharpe } from "../backtest/statistics/deflated-sharpe.ts";
import { sharpe } from "../backtest/statistics/sharpe.ts";
import { randomFrom } from "../random.ts";
import { mean, sampleDeviation } from "../risk/moments.ts";
import { orNull } from "../statistic.ts";
import type { Stretch } from "./evaluation.ts";
import { confirmOnHoldout, judgeTrial, type Judgement, type TrialToJudge } from "./gate.ts";

const YEAR = 252;

/** Returns whose mean and deviation, annual, are the given ones; the same days for every drift. */
function stretch(drift: number, deviation = 0.1, seed = 1): Stretch {
  const random = randomFrom(seed).fork("stretch");
  const noise = Float64Array.from({ length: 300 }, () => random.normal());
  const [centre, spread] = [mean(noise), sampleDeviation(noise)];
  const returns = noise.map(
    (value) => drift / YEAR + (deviation / Math.sqrt(YEAR)) * ((value - centre) / spread),
  );
  let wealth = 1;
  const equity = Float64Array.of(1, ...[...returns].map((value) => (wealth *= 1 + value)));
  return {
    returns,
    figures: {
      bars: 301,
      totalReturn: wealth - 1,
      annualReturn: null,
      volatility: null,
      sharpe: orNull(sharpe(returns, YEAR, 0)),
      sortino: null,
      calmar: null,
      maxDrawdown: orNull(maxDrawdown(equity)),
      exposure: null,
      turnover: null,
      costs: null,
      trades: 0,
    },
  };
}

const poor = stretch(0, 0.1, 2);
const good = stretch(0.6);

function judge(change: Partial<TrialToJudge>): Judgement {
  return judgeTrial({
    candidate: good,
    best: poor,
    baseline: poor,
    trialsEver: [],
    metric: "sharpe",
    budget: 5,
    periodsPerYear: YEAR,
    riskFreeRate: 0,
    seed: 1,
    ...change,
  });
}

const failed = ({ checks }: Judgement): string[] =>
  checks.filter((check) => !check.passed).map((check) => check.name);

describe("the gate", () => {
  it("accepts what is clearly better, with its figures", () => {
    const judged = judge({});
    expect(judged.accepted).toBe(true);
    expect(judged.difference?.value).toBeCloseTo(
      (good.figures.sharpe ?? NaN) - (poor.figures.sharpe ?? NaN),
      9,
    );
    expect(judged.sharpePerPeriod).toBeCloseTo((good.figures.sharpe ?? NaN) / Math.sqrt(YEAR), 9);
    expect(judged.reason).toContain(good.figures.sharpe?.toFixed(2));
  });

  it("rejects what is worse, or the same, than the best so far", () => {
    expect(failed(judge({ best: stretch(0.61) }))).toEqual(["improvement", "p-value"]);
    const same = judge({ best: good });
    expect(failed(same)).toEqual(["improvement", "p-value"]);
    expect(same.pValue).toBeNull();
  });

  it("asks for a smaller p-value the more candidates may be tried", () => {
    const candidate = stretch(0.25);
    const p = judge({ candidate, budget: 1 }).pValue ?? NaN;
    expect(p).toBeGreaterThan(0.05 / 40);
    expect(p).toBeLessThan(0.05);
    expect(failed(judge({ candidate, budget: 1 }))).not.toContain("p-value");
    expect(failed(judge({ candidate, budget: 40 }))).toContain("p-value");
  });

  it("deflates the Sharpe ratio by every candidate ever tried, by no more than luck spreads their ratios", () => {
    const candidate = stretch(0.25);
    const tried = (spread: number, length = 50) =>
      judge({
        candidate,
        trialsEver: Array.from({ length }, (_, k) => ({ sharpePerPeriod: spread * Math.sin(k) })),
      }).deflatedSharpe ?? NaN;
    const alone = tried(0, 0);
    expect(tried(0.02)).toBeLessThan(alone);
    expect(tried(0.3, 500)).toBeLessThan(tried(0.3));
    const luck = { count: 51, deviation: 1 / Math.sqrt(300) };
    const expected = orNull(deflatedSharpe(candidate.returns, YEAR, 0, luck));
    expect(tried(0.3)).toBeCloseTo(expected ?? NaN, 12);
    expect(tried(3)).toBe(tried(0.3));
    expect(tried(0.3)).toBeLessThan(tried(0.02));
    expect(failed(judge({ candidate, budget: 1, trialsEver: [] }))).toEqual([]);
    expect(
      failed(
        judge({
          candidate,
          budget: 1,
          trialsEver: Array.from({ length: 50 }, (_, k) => ({ sharpePerPeriod: 0.3 * Math.sin(k) })),
        }),
      ),
    ).toEqual(["deflated Sharpe"]);
  });

  it("lets no drawdown be much deeper than the baseline's", () => {
    const wild = stretch(3, 0.6);
    expect(failed(judge({ candidate: wild }))).toEqual(["drawdown"]);
  });

  it("passes nothing that has no value", () => {
    const flat: Stretch = {
      returns: new Float64Array(300),
      figures: { ...poor.figures, sharpe: null, maxDrawdown: null },
    };
    expect(failed(judge({ candidate: flat }))).toEqual([
      "improvement",
      "p-value",
      "deflated Sharpe",
      "drawdown",
    ]);
  });
});

it("the hold-out asks for more each time that it is opened", () => {
  const common = {
    metric: "sharpe" as const,
    periodsPerYear: YEAR,
    riskFreeRate: 0,
    seed: 1,
    baseline: poor,
    candidate: stretch(0.25),
  };
  const first = confirmOnHoldout({ ...common, openedBefore: 0 });
  expect(first.confirmed).toBe(true);
  expect(first.pValue).toBeLessThan(0.1);
  const openedBefore = Math.ceil(0.1 / (first.pValue ?? NaN));
  expect(confirmOnHoldout({ ...common, openedBefore }).confirmed).toBe(false);
  expect(confirmOnHoldout({ ...common, candidate: poor, baseline: good, openedBefore: 0 }).confirmed).toBe(
    false,
  );
});
