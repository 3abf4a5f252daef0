import { describe, expect, it } from "vitest";
import { SHARPE_DIFFERENCE } from "../backtest/comparison/pair.ts";
import { testDifference } from "../backtest/comparison/test-difference.ts";
import { annualReturn } from "../backtest/statistics/annual-return.ts";
import { calmar } from "../backtest/statistics/calmar.ts";
import { maxDrawdown } from "../backtest/statistics/max-drawdown.ts";
import { sharpe } from "../backtest/statistics/sharpe.ts";
import { sortino } from "../backtest/statistics/sortino.ts";
import { randomFrom } from "../random.ts";
import type { Statistic } from "../statistic.ts";
import type { Improvement } from "./improvement.ts";
import { OPTIMIZE_METRICS, type OptimizeMetric } from "./metric-names.ts";
import { type ImprovementOptions, testImprovement } from "./test-improvement.ts";

const YEAR = 252;
const FREE = 0.02;

/** Two columns that share most of what they do: t returns of 5 degrees in clusters of volatility, `a` with a drift beyond b's. */
function pair(seed: number, bars: number, { drift = 0, scale = 0.5 } = {}): [Float64Array, Float64Array] {
  const random = randomFrom(seed).fork("pair");
  const t5 = (): number => {
    let square = 0;
    for (let k = 0; k < 5; k += 1) square += random.normal() ** 2;
    return random.normal() / Math.sqrt(square / 3);
  };
  const [a, b] = [new Float64Array(bars), new Float64Array(bars)];
  let variance = 1;
  for (let t = 0; t < bars; t += 1) {
    const common = t5();
    const size = 0.01 * Math.sqrt(variance);
    a[t] = scale * 0.0006 + drift + scale * size * (0.9 * common + 0.44 * t5());
    b[t] = 0.0006 + size * (0.9 * common + 0.44 * t5());
    variance = 0.02 + 0.08 * variance * common ** 2 + 0.9 * variance;
  }
  return [a, b];
}

function tested(
  a: Float64Array,
  b: Float64Array,
  { metric = "sharpe", riskFreeRate = 0, resamples = 1999 }: Partial<ImprovementOptions> = {},
): Improvement {
  const test = testImprovement(a, b, {
    metric,
    periodsPerYear: YEAR,
    riskFreeRate,
    confidence: 0.95,
    resamples,
    random: randomFrom(7),
  });
  if ("absent" in test) throw new Error(test.absent);
  return test;
}

describe("the test of an improvement", () => {
  it("compares what the statistics of a backtest are", () => {
    const [a, b] = pair(1, 300);
    const equity = (returns: Float64Array): Float64Array => {
      const made = new Float64Array(returns.length + 1).fill(1);
      for (const [t, value] of returns.entries()) made[t + 1] = (made[t] ?? NaN) * (1 + value);
      return made;
    };
    const statistics: Record<OptimizeMetric, (returns: Float64Array) => Statistic> = {
      sharpe: (r) => sharpe(r, YEAR, FREE),
      sortino: (r) => sortino(r, YEAR, FREE),
      annualReturn: (r) => annualReturn(r, YEAR),
      maxDrawdown: (r) => maxDrawdown(equity(r)),
      calmar: (r) => calmar(annualReturn(r, YEAR), maxDrawdown(equity(r))),
    };
    for (const metric of OPTIMIZE_METRICS) {
      const of = (returns: Float64Array): number => Number(statistics[metric](returns));
      expect(tested(a, b, { metric, riskFreeRate: FREE, resamples: 99 }).difference).toBeCloseTo(
        of(a) - of(b),
        9,
      );
    }
  });

  it("holds its level where there is no improvement, and finds one that is there", () => {
    let [within, found] = [0, 0];
    for (let seed = 1; seed <= 80; seed += 1) {
      const [a, b] = pair(seed, 250);
      if (tested(a, b, { resamples: 199 }).pValue <= 0.1) within += 1;
      if (seed <= 10) {
        const [better, other] = pair(seed, 250, { drift: 0.001 });
        if (tested(better, other, { resamples: 499 }).pValue <= 0.005) found += 1;
      }
    }
    // 8 are to be expected; more than 17 come about once in 500 times.
    expect(within).toBeLessThanOrEqual(17);
    expect(within).toBeGreaterThanOrEqual(1);
    expect(found).toBeGreaterThanOrEqual(9);
  });

  it("holds it for drawdowns too", () => {
    let within = 0;
    for (let seed = 1; seed <= 80; seed += 1) {
      const [a, b] = pair(seed, 250, { scale: 1 });
      if (tested(a, b, { metric: "maxDrawdown", resamples: 99 }).pValue <= 0.1) within += 1;
    }
    expect(within).toBeLessThanOrEqual(17);
    expect(within).toBeGreaterThanOrEqual(1);
  });

  it("says of the other one the opposite, and about half of what a two-sided test says", () => {
    const [a, b] = pair(3, 500, { drift: 0.00015 });
    const test = tested(a, b);
    expect(test.pValue + tested(b, a).pValue).toBeCloseTo(1, 1);
    expect(test.low).toBeLessThan(test.difference);
    expect(test.high).toBeGreaterThan(test.difference);
    const steps = testDifference(a, b, SHARPE_DIFFERENCE, {
      confidence: 0.95,
      resamples: 1999,
      random: randomFrom(8),
    });
    let step = steps.next();
    while (step.done !== true) step = steps.next();
    if ("absent" in step.value) throw new Error(step.value.absent);
    expect(Math.min(test.pValue, 1 - test.pValue)).toBeCloseTo(step.value.pValue / 2, 1);
  });

  it("is repeated to the last digit with the same seed", () => {
    const [a, b] = pair(4, 250);
    const few = { resamples: 199 };
    expect(tested(a, b, few)).toEqual(tested(a, b, few));
  });

  it("says why there is nothing to test", () => {
    const [a] = pair(5, 100);
    const options = {
      metric: "sharpe" as const,
      periodsPerYear: YEAR,
      riskFreeRate: 0,
      confidence: 0.95,
      resamples: 999,
    };
    const why = (one: Float64Array, other: Float64Array): unknown =>
      testImprovement(one, other, { ...options, random: randomFrom(1) });
    expect(why(a, a)).toEqual({ absent: "The two have the same returns." });
    expect(why(a, new Float64Array(100))).toEqual({ absent: "The metric has no value for one of the two." });
    expect(why(a.subarray(0, 50), a.subarray(1, 51))).toHaveProperty("absent");
  });
});
