import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Random, randomFrom } from "./random.ts";

function draw(count: number, next: () => number): Float64Array {
  return Float64Array.from({ length: count }, next);
}

/** Mean, variance, skewness and kurtosis about the mean. */
function moments(values: Float64Array): [number, number, number, number] {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const central = (power: number): number =>
    values.reduce((sum, value) => sum + (value - mean) ** power, 0) / values.length;
  const variance = central(2);
  return [mean, variance, central(3) / variance ** 1.5, central(4) / variance ** 2];
}

function correlation(a: Float64Array, b: Float64Array): number {
  const [meanA, varianceA] = moments(a);
  const [meanB, varianceB] = moments(b);
  const sum = a.reduce((total, value, i) => total + (value - meanA) * ((b[i] ?? NaN) - meanB), 0);
  return sum / a.length / Math.sqrt(varianceA * varianceB);
}

const N = 200_000;

describe("xoshiro128**", () => {
  // From the authors' C code, state {1, 2, 3, 4}, as the tests of Rust's rand_xoshiro have it.
  it("gives the reference sequence", () => {
    const random = new Random([1, 2, 3, 4]);
    expect([...draw(10, () => random.bits())]).toEqual([
      11520, 0, 5927040, 70819200, 2031721883, 1637235492, 1287239034, 3734860849, 3729100597, 4258142804,
    ]);
  });

  it("refuses the all-zero state, from which it never leaves", () => {
    expect(() => new Random([0, 0, 0, 0])).toThrow(RangeError);
  });
});

describe("seeds and forks", () => {
  it("gives equal streams for equal seeds and others for other seeds", () => {
    const [a, b, c] = [randomFrom(7), randomFrom(7), randomFrom(8)];
    const first = draw(100, () => a.uniform());
    expect(draw(100, () => b.uniform())).toEqual(first);
    expect(draw(100, () => c.uniform())).not.toEqual(first);
  });

  it("refuses a seed that is not a number", () => {
    expect(() => randomFrom(NaN)).toThrow(RangeError);
  });

  it("makes forks that do not depend on what was drawn before", () => {
    const used = randomFrom(1);
    for (let i = 0; i < 17; i += 1) used.normal();
    expect(used.fork("AAPL").uniform()).toBe(randomFrom(1).fork("AAPL").uniform());
  });

  it("keeps apart forks of other names, depths and seeds", () => {
    const firsts = [
      randomFrom(1),
      randomFrom(1).fork("a"),
      randomFrom(1).fork("b"),
      randomFrom(1).fork("a").fork("b"),
      randomFrom(1).fork("a/b"),
      randomFrom(1).fork("ab"),
      randomFrom(11).fork("a"),
    ].map((random) => random.uniform());
    expect(new Set(firsts).size).toBe(firsts.length);
  });

  it("gives uncorrelated streams to neighbouring seeds and forks", () => {
    const streams = [randomFrom(1), randomFrom(2), randomFrom(1).fork("1"), randomFrom(1).fork("2")].map(
      (random) => draw(N, () => random.normal()),
    );
    for (const [i, a] of streams.entries()) {
      // 5 standard errors of a correlation of independent series.
      for (const b of streams.slice(i + 1))
        expect(Math.abs(correlation(a, b))).toBeLessThan(5 / Math.sqrt(N));
    }
  });
});

describe("distributions", () => {
  it("is uniform on [0, 1)", () => {
    const random = randomFrom(3);
    const values = draw(N, () => random.uniform());
    const [mean, variance, skewness, kurtosis] = moments(values);
    expect(Math.min(...values.subarray(0, 100_000))).toBeGreaterThanOrEqual(0);
    expect(Math.max(...values.subarray(0, 100_000))).toBeLessThan(1);
    expect(mean).toBeCloseTo(1 / 2, 2);
    expect(variance).toBeCloseTo(1 / 12, 3);
    expect(skewness).toBeCloseTo(0, 1);
    expect(kurtosis).toBeCloseTo(9 / 5, 1);
  });

  it("is standard normal: moments, tails, no memory", () => {
    const random = randomFrom(4);
    const values = draw(N, () => random.normal());
    const [mean, variance, skewness, kurtosis] = moments(values);
    // About 4 standard errors each: sqrt(1/n), sqrt(2/n), sqrt(6/n), sqrt(24/n).
    expect(Math.abs(mean)).toBeLessThan(0.009);
    expect(Math.abs(variance - 1)).toBeLessThan(0.013);
    expect(Math.abs(skewness)).toBeLessThan(0.022);
    expect(Math.abs(kurtosis - 3)).toBeLessThan(0.044);
    // Table values of the normal distribution.
    const share = (limit: number): number => values.filter((value) => Math.abs(value) > limit).length / N;
    expect(share(1)).toBeCloseTo(0.3173, 2);
    expect(share(1.96)).toBeCloseTo(0.05, 2);
    expect(Math.abs(share(3) - 0.0027)).toBeLessThan(0.0005);
    expect(Math.abs(correlation(values.subarray(0, N - 1), values.subarray(1)))).toBeLessThan(0.012);
  });

  it("is exponential with mean 1", () => {
    const random = randomFrom(5);
    const [mean, variance] = moments(draw(N, () => random.exponential()));
    expect(Math.abs(mean - 1)).toBeLessThan(0.01);
    expect(Math.abs(variance - 1)).toBeLessThan(0.03);
  });

  it("takes its logarithm as exactly as Math.log does", () => {
    const [own, engine] = [randomFrom(6), randomFrom(6)];
    for (let i = 0; i < 10_000; i += 1) {
      const expected = -Math.log(1 - engine.uniform());
      expect(Math.abs(own.exponential() - expected)).toBeLessThanOrEqual(4e-16 * Math.max(1, expected));
    }
  });

  it("draws each integer below a bound equally often", () => {
    const random = randomFrom(9);
    const counts = new Float64Array(7);
    for (let i = 0; i < 70_000; i += 1) {
      const value = random.integer(7);
      counts[value] = (counts[value] ?? NaN) + 1;
    }
    // Chi-squared with 6 degrees of freedom: 22.46 is its 99.9 % quantile.
    expect(counts.reduce((sum, count) => sum + (count - 10_000) ** 2 / 10_000, 0)).toBeLessThan(22.46);
  });

  it("stays below any bound and refuses bounds that are none", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 2 ** 32 }), fc.integer(), (below, seed) => {
        const value = randomFrom(seed).integer(below);
        return Number.isInteger(value) && value >= 0 && value < below;
      }),
    );
    for (const bound of [0, -1, 1.5, NaN, 2 ** 32 + 1]) {
      expect(() => randomFrom(1).integer(bound)).toThrow(RangeError);
    }
  });

  it("shuffles into a permutation and leaves the original alone", () => {
    fc.assert(
      fc.property(fc.array(fc.integer()), fc.integer(), (items, seed) => {
        const before = [...items];
        const shuffled = randomFrom(seed).shuffle(items);
        expect(items).toEqual(before);
        expect(shuffled.toSorted((a, b) => a - b)).toEqual(before.toSorted((a, b) => a - b));
      }),
    );
  });

  it("draws the six orders of three items equally often", () => {
    const random = randomFrom(10);
    const counts = new Map<string, number>();
    for (let i = 0; i < 60_000; i += 1) {
      const order = random.shuffle(["a", "b", "c"]).join("");
      counts.set(order, (counts.get(order) ?? 0) + 1);
    }
    expect(counts.size).toBe(6);
    // Chi-squared with 5 degrees of freedom: 20.52 is its 99.9 % quantile.
    const chi = [...counts.values()].reduce((sum, count) => sum + (count - 10_000) ** 2 / 10_000, 0);
    expect(chi).toBeLessThan(20.52);
  });
});
