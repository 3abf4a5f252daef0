import { array, assert, double, integer, property } from "fast-check";
import { Matrix } from "ml-matrix";
import { describe, expect, it } from "vitest";
import { at } from "../market/column.ts";
import { WEIGHTING_METHODS } from "../policy/portfolio.ts";
import { randomFrom } from "../random.ts";
import { capWeights } from "./cap-weights.ts";
import { hierarchicalRiskParity } from "./hierarchical-risk-parity.ts";
import { ledoitWolf } from "./ledoit-wolf.ts";
import { maximumSharpe } from "./maximum-sharpe.ts";
import { minimumVariance } from "./minimum-variance.ts";
import { riskParity } from "./risk-parity.ts";
import { weigh } from "./weigh.ts";

/** Returns of n names with different volatilities and a common factor. */
function randomReturns(n: number, bars: number, seed: number): Float64Array[] {
  const random = randomFrom(seed);
  const market = Float64Array.from({ length: bars }, () => random.normal() * 0.01);
  return Array.from({ length: n }, (_, i) =>
    market.map((move) => move * (0.5 + i / n) + random.normal() * 0.005 * (1 + i)),
  );
}

function sum(weights: Float64Array): number {
  return weights.reduce((total, weight) => total + weight, 0);
}

describe.each(WEIGHTING_METHODS)("%s", (method) => {
  it("sums to 1 within 0..cap", () => {
    assert(
      property(
        integer({ min: 1, max: 8 }),
        integer(),
        double({ min: 0, max: 1, noNaN: true }),
        (n, seed, slack) => {
          const { covariance } = ledoitWolf(randomReturns(n, 60, seed));
          const cap = 1 / n + slack * (1 - 1 / n);
          const excess = Float64Array.from({ length: n }, (_, i) => 0.01 + 0.01 * i);
          const weights = weigh(method, { covariance, excess, cap });
          expect(sum(weights)).toBeCloseTo(1, 9);
          for (const weight of weights) {
            expect(weight).toBeGreaterThanOrEqual(0);
            expect(weight).toBeLessThanOrEqual(cap + 1e-8);
          }
        },
      ),
      { numRuns: 50 },
    );
  });

  it("weighs two equal names alike", () => {
    const twin = randomReturns(1, 60, 7)[0] ?? new Float64Array(0);
    const { covariance } = ledoitWolf([twin, twin]);
    const weights = weigh(method, { covariance, excess: Float64Array.of(0.1, 0.1), cap: 0.9 });
    expect(at(weights, 0)).toBeCloseTo(0.5, 8);
  });
});

describe("methods by hand", () => {
  it("two names: the textbook minimum variance", () => {
    // w1 = (v2 - c) / (v1 + v2 - 2c) = (0.09 - 0.006) / (0.04 + 0.09 - 0.012) = 0.711864.
    const covariance = new Matrix([
      [0.04, 0.006],
      [0.006, 0.09],
    ]);
    expect(at(minimumVariance(covariance), 0)).toBeCloseTo(0.084 / 0.118, 10);
    expect(at(minimumVariance(covariance, { lower: 0, upper: 0.6 }), 0)).toBeCloseTo(0.6, 10);
    // Two names share the risk equally when weighted by inverse volatility, whatever the correlation.
    expect(at(riskParity(covariance), 0)).toBeCloseTo(0.6, 10);
    // Tangency: C^-1 e in proportion to (0.09 x 0.08 - 0.006 x 0.12, 0.04 x 0.12 - 0.006 x 0.08) = (0.00648, 0.00432).
    expect(at(maximumSharpe(Float64Array.of(0.08, 0.12), covariance), 0)).toBeCloseTo(0.6, 10);
  });

  it("four names in two clusters: hierarchical risk parity", () => {
    // The tree pairs 0 with 1 and 2 with 3. Within the pairs inverse variance splits 0.0225 : 0.04 and 0.0625 : 0.01.
    const covariance = new Matrix([
      [0.04, 0.018, 0.002, 0.001],
      [0.018, 0.0225, 0.0015, 0.0008],
      [0.002, 0.0015, 0.01, 0.006],
      [0.001, 0.0008, 0.006, 0.0625],
    ]);
    const first = [0.36, 0.64];
    const second = [0.0625 / 0.0725, 0.01 / 0.0725];
    const variance = ([a = 0, b = 0]: number[], v1: number, v2: number, c: number): number =>
      a * a * v1 + b * b * v2 + 2 * a * b * c;
    const v1 = variance(first, 0.04, 0.0225, 0.018);
    const v2 = variance(second, 0.01, 0.0625, 0.006);
    const share = 1 - v1 / (v1 + v2);
    const expected = [...first.map((w) => w * share), ...second.map((w) => w * (1 - share))];
    const weights = hierarchicalRiskParity(covariance);
    for (const [i, weight] of expected.entries()) expect(at(weights, i)).toBeCloseTo(weight, 12);
  });

  it("a singular covariance and hopeless returns are said to be so", () => {
    const singular = new Matrix([
      [0.04, 0.04],
      [0.04, 0.04],
    ]);
    const numerical = expect.objectContaining({ code: "NUMERICAL" }) as Error;
    expect(() => minimumVariance(singular)).toThrow(numerical);
    expect(() => minimumVariance(new Matrix([[0.04]]), { lower: 0, upper: 0.5 })).toThrow(numerical);
    expect(() => maximumSharpe(Float64Array.of(-0.1, 0), Matrix.eye(2))).toThrow(numerical);
    expect(() =>
      riskParity(
        new Matrix([
          [0, 0],
          [0, 1],
        ]),
      ),
    ).toThrow(numerical);
    expect(() =>
      weigh("inverse-volatility", {
        covariance: new Matrix([
          [0, 0],
          [0, 1],
        ]),
        excess: Float64Array.of(1, 1),
        cap: 1,
      }),
    ).toThrow(numerical);
  });
});

describe("caps", () => {
  it("hand what is above the cap to the others in proportion", () => {
    const capped = capWeights(Float64Array.of(0.7, 0.2, 0.1), 0.5);
    expect(Array.from(capped)).toEqual([0.5, expect.closeTo(1 / 3, 12), expect.closeTo(1 / 6, 12)]);
    // The second goes over the cap in the first round: all three end at a third.
    expect(Array.from(capWeights(Float64Array.of(0.9, 0.1, 0), 0.4))).toEqual([
      0.4,
      expect.closeTo(0.4, 12),
      expect.closeTo(0.2, 12),
    ]);
    expect(() => capWeights(Float64Array.of(0.5, 0.5), 0.4)).toThrow("cannot sum to 1");
  });

  it("always ends under the cap with sum 1", () => {
    assert(
      property(
        array(double({ min: 0, max: 1, noNaN: true }), { minLength: 1, maxLength: 12 }),
        double({ min: 0, max: 1, noNaN: true }),
        (raw, slack) => {
          const positive = Float64Array.from(raw, (value) => value + 1e-6);
          const total = sum(positive);
          const cap = 1 / raw.length + slack * (1 - 1 / raw.length);
          const capped = capWeights(
            positive.map((value) => value / total),
            cap,
          );
          expect(sum(capped)).toBeCloseTo(1, 9);
          for (const weight of capped) expect(weight).toBeLessThanOrEqual(cap);
        },
      ),
    );
  });
});

describe("Ledoit-Wolf", () => {
  it("is the paper's estimator, term by term", () => {
    assert(
      property(integer({ min: 2, max: 6 }), integer(), (n, seed) => {
        const bars = 25;
        const returns = randomReturns(n, bars, seed);
        const x = new Matrix(
          returns.map((column) => Array.from(column, (value) => value - sum(column) / bars)),
        );
        // Section 3.2: S = XX'/n, m = <S, I>, d^2 = |S - mI|^2, b^2 = min(d^2, sum |x_k x_k' - S|^2 / n^2).
        const s = x.mmul(x.transpose()).div(bars);
        const m = s.trace() / n;
        const d2 = Matrix.sub(s, Matrix.eye(n).mul(m)).norm() ** 2;
        let b2 = 0;
        for (let k = 0; k < bars; k += 1) {
          const column = x.getColumnVector(k);
          b2 += Matrix.sub(column.mmul(column.transpose()), s).norm() ** 2 / bars ** 2;
        }
        const shrinkage = Math.min(b2, d2) / d2;
        const expected = Matrix.add(s.clone().mul(1 - shrinkage), Matrix.eye(n).mul(m * shrinkage));
        const own = ledoitWolf(returns);
        expect(own.shrinkage).toBeCloseTo(shrinkage, 10);
        expect(Matrix.sub(own.covariance, expected).norm() / expected.norm()).toBeLessThan(1e-10);
      }),
      { numRuns: 30 },
    );
  });
});
