import { describe, expect, it } from "vitest";
import { at, type Column } from "../../market/column.ts";
import { randomFrom } from "../../random.ts";
import { finish } from "../proof/finish.ts";
import { conclude } from "./conclude.ts";
import { longRunVariance } from "./long-run-variance.ts";
import {
  type Contrast,
  influence,
  MEAN_DIFFERENCE,
  type Moments,
  momentsOf,
  SHARPE_DIFFERENCE,
} from "./pair.ts";
import { type DifferenceTest, testDifference } from "./test-difference.ts";

/** Two strategies in one market with clusters of volatility; the first earns `edge` more a day. */
function market(seed: number, length: number, edge: number): { a: Column; b: Column } {
  const random = randomFrom(seed);
  const a = new Float64Array(length);
  const b = new Float64Array(length);
  let variance = 1e-4;
  for (let t = 0; t < length; t += 1) {
    const deviation = Math.sqrt(variance);
    const common = random.normal();
    a[t] = 0.0004 + edge + deviation * (0.8 * common + 0.6 * random.normal());
    b[t] = 0.0004 + deviation * (0.8 * common + 0.6 * random.normal());
    variance = 5e-6 + 0.1 * (deviation * common) ** 2 + 0.85 * variance;
  }
  return { a, b };
}

function run(
  seed: number,
  length: number,
  edge: number,
  contrast: Contrast,
  resamples = 199,
): DifferenceTest {
  const { a, b } = market(seed, length, edge);
  const random = randomFrom(seed).fork("test");
  const test = finish(testDifference(a, b, contrast, { confidence: 0.95, resamples, random }));
  if ("absent" in test) throw new Error(test.absent);
  return test;
}

describe("the test of a difference", () => {
  const MARKETS = 250;
  const found = (edge: number, contrast: Contrast): number => {
    let found = 0;
    for (let seed = 0; seed < MARKETS; seed += 1)
      if (run(seed, 200, edge, contrast).pValue < 0.05) found += 1;
    return found / MARKETS;
  };

  // 250 markets at 5 %: three standard errors are 4.1 points.
  it("calls equals different in about 5 % of markets", () => {
    expect(found(0, SHARPE_DIFFERENCE)).toBeLessThan(0.091);
    expect(found(0, MEAN_DIFFERENCE)).toBeLessThan(0.091);
  });

  it("finds a planted difference, and as often as it says", () => {
    // The difference that is said to be found four times out of five, over markets.
    const said = Array.from({ length: 20 }, (_, seed) => run(seed, 200, 0, MEAN_DIFFERENCE).detectable);
    const detectable = said.reduce((sum, one) => sum + one, 0) / said.length;
    const power = found(detectable, MEAN_DIFFERENCE);
    expect(power).toBeGreaterThan(0.65);
    expect(power).toBeLessThan(0.95);
  });

  it("interval and p-value agree, and turn with the sides", () => {
    for (const seed of [1, 2, 3, 4, 5]) {
      const { low, high, pValue } = run(seed, 300, 0.001, SHARPE_DIFFERENCE, 999);
      // Both cut the same distances; at the very edge they may round apart.
      if (Math.abs(pValue - 0.05) > 0.005) expect(low > 0 || high < 0).toBe(pValue < 0.05);
    }
    const { a, b } = market(1, 300, 0.001);
    const options = () => ({ confidence: 0.95, resamples: 99, random: randomFrom(1) });
    const one = finish(testDifference(a, b, SHARPE_DIFFERENCE, options()));
    const other = finish(testDifference(b, a, SHARPE_DIFFERENCE, options()));
    if ("absent" in one || "absent" in other) throw new Error("absent");
    expect(other.difference).toBeCloseTo(-one.difference, 12);
    expect(other.low).toBeCloseTo(-one.high, 12);
    expect(other.pValue).toBe(one.pValue);
  });

  it("says where there is nothing to test", () => {
    const { a, b } = market(1, 100, 0);
    const options = { confidence: 0.95, resamples: 99, random: randomFrom(1) };
    const reason = (one: Column, other: Column): string => {
      const test = finish(testDifference(one, other, SHARPE_DIFFERENCE, options));
      return "absent" in test ? test.absent : "";
    };
    expect(reason(a, a)).toContain("do not differ");
    expect(reason(a, new Float64Array(100))).toContain("do not vary");
    expect(reason(a.subarray(0, 59), b.subarray(0, 59))).toContain("59 returns");
    const once = a.map((value, t) => (t === 50 ? value + 0.02 : value));
    expect(reason(a, once)).toBe("The two differ on too few days.");
  });
});

describe("its parts", () => {
  it("the Sharpe difference answers to the moments as its gradient says", () => {
    const moments: Moments = [0.001, 0.0005, 0.0002, 0.0001];
    const gradient = SHARPE_DIFFERENCE.gradient(moments);
    for (const i of [0, 1, 2, 3] as const) {
      const step = at(Float64Array.from(moments), i) * 1e-5;
      const shifted = (sign: number): number => {
        const [a, b, aa, bb] = moments.map((value, j) => (j === i ? value + sign * step : value));
        return SHARPE_DIFFERENCE.value([a ?? NaN, b ?? NaN, aa ?? NaN, bb ?? NaN]);
      };
      const numeric = (shifted(1) - shifted(-1)) / (2 * step);
      expect(numeric / (gradient[i] ?? NaN)).toBeCloseTo(1, 5);
    }
    const { a, b } = market(1, 200, 0);
    const effects = influence(a, b, momentsOf(a, b), SHARPE_DIFFERENCE.gradient(momentsOf(a, b)));
    expect(effects.reduce((sum, effect) => sum + effect, 0)).toBeCloseTo(0, 9);
  });

  it("the long-run variance of an autoregression is variance / (1 - r)^2", () => {
    const random = randomFrom(2);
    let value = 0;
    const values = Float64Array.from({ length: 20_000 }, () => (value = 0.5 * value + random.normal()));
    expect(longRunVariance(values) / 4).toBeGreaterThan(0.85);
    expect(longRunVariance(values) / 4).toBeLessThan(1.1);
    const independent = Float64Array.from({ length: 20_000 }, () => random.normal());
    expect(longRunVariance(independent)).toBeCloseTo(1, 1);
  });

  it("the sentence", () => {
    const test = {
      difference: 0.4,
      standardError: 0.2,
      low: -0.1,
      high: 0.9,
      pValue: 0.11,
      detectable: 0.6,
      blockLength: 3,
    };
    expect(conclude(test, 1, 0.95)).toBe(
      "A is better by 0.40 of Sharpe (95% interval -0.10 to 0.90, p = 0.11): not shown. With this much data a true difference of 0.60 would be shown four times out of five; smaller ones mostly stay hidden.",
    );
    expect(conclude({ ...test, difference: -0.4, low: -0.7, high: -0.1, pValue: 0.012 }, 2, 0.95)).toBe(
      "B is better by 0.80 of Sharpe (95% interval 0.20 to 1.40, p = 0.012): shown.",
    );
    expect(conclude({ absent: "There are 5 returns." }, 1, 0.95)).toBe(
      "Nothing is shown: There are 5 returns.",
    );
  });
});
