import { describe, expect, it } from "vitest";
import { randomFrom } from "../../random.ts";
import { blockLength } from "./block-length.ts";
import { resample } from "./stationary-bootstrap.ts";

function autoregressive(seed: number, rho: number, length: number): Float64Array {
  const random = randomFrom(seed);
  const values = new Float64Array(length);
  let last = random.normal() / Math.sqrt(1 - rho * rho);
  for (let t = 0; t < length; t += 1) {
    values[t] = last;
    last = rho * last + random.normal();
  }
  return values;
}

const mean = (values: ArrayLike<number>): number =>
  Array.from(values).reduce((sum, value) => sum + value, 0) / values.length;

describe("the block length", () => {
  it.each([0.3, 0.6])("of an AR(1) of %d is near (2 rho / (1 - rho^2))^(2/3) n^(1/3)", (rho) => {
    // The paper's G and g(0) for autocovariances rho^k, summed by hand.
    const n = 3000;
    const expected = ((2 * rho) / (1 - rho * rho)) ** (2 / 3) * n ** (1 / 3);
    const found = mean(Array.from({ length: 10 }, (_, seed) => blockLength(autoregressive(seed, rho, n))));
    expect(found).toBeGreaterThan(0.8 * expected);
    expect(found).toBeLessThan(1.25 * expected);
  });

  it("of independent values is short, and of few or equal ones 1", () => {
    const lengths = Array.from({ length: 10 }, (_, seed) => blockLength(autoregressive(seed, 0, 2000)));
    expect(mean(lengths)).toBeLessThan(4);
    expect(blockLength(new Float64Array(100).fill(0.01))).toBe(1);
    expect(blockLength(Float64Array.of(1, 2, 3))).toBe(1);
  });
});

describe("the stationary bootstrap", () => {
  it("draws every index alike, in blocks of the mean length, round the end", () => {
    const indices = new Int32Array(50);
    const random = randomFrom(1);
    const counts = new Float64Array(50);
    let breaks = 0;
    let rounds = 0;
    for (let k = 0; k < 2000; k += 1) {
      resample(indices, 5, random);
      for (const [t, index] of indices.entries()) {
        counts[index] = (counts[index] ?? 0) + 1;
        const before = indices[t - 1];
        if (before === 49 && index === 0) rounds += 1;
        else if (before !== undefined && index !== before + 1) breaks += 1;
      }
    }
    expect(Math.min(...counts)).toBeGreaterThan(1700);
    expect(Math.max(...counts)).toBeLessThan(2300);
    // 98,000 steps, each a new block with probability 1/5.
    expect(breaks / 98_000).toBeCloseTo(0.2, 1);
    expect(rounds).toBeGreaterThan(1000);
  });

  it("covers the mean of an AR(1) about as often as it says, where single draws do not", () => {
    const covered = (length: (values: Float64Array) => number): number => {
      let hits = 0;
      for (let seed = 0; seed < 120; seed += 1) {
        const values = autoregressive(1000 + seed, 0.5, 300);
        const indices = new Int32Array(values.length);
        const random = randomFrom(seed).fork("resample");
        const block = length(values);
        const means = Float64Array.from({ length: 200 }, () => {
          resample(indices, block, random);
          let sum = 0;
          for (const index of indices) sum += values[index] ?? NaN;
          return sum / indices.length;
        }).sort();
        if ((means[5] ?? NaN) < 0 && 0 < (means[194] ?? NaN)) hits += 1;
      }
      return hits / 120;
    };
    // Nominally 95 %; of independent draws some 74 % (a deviation too small by sqrt(3)).
    expect(covered(blockLength)).toBeGreaterThan(0.86);
    expect(covered(() => 1)).toBeLessThan(0.82);
  });
});
