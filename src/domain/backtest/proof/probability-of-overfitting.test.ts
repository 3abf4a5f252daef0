import { describe, expect, it } from "vitest";
import { randomFrom } from "../../random.ts";
import {
  type Overfitting,
  overfittingOfSums,
  probabilityOfOverfitting,
} from "./probability-of-overfitting.ts";

function noise(seed: number, trials: number, rows: number): Float64Array[] {
  const random = randomFrom(seed);
  return Array.from({ length: trials }, () =>
    Float64Array.from({ length: rows }, () => 0.01 * random.normal()),
  );
}

function overfitting(...parameters: Parameters<typeof probabilityOfOverfitting>): Overfitting {
  const result = probabilityOfOverfitting(...parameters);
  if ("absent" in result) throw new Error(result.absent);
  return result;
}

/** Every choice of `k` of the numbers below `n`. */
function choices(n: number, k: number): number[][] {
  if (k === 0) return [[]];
  if (n < k) return [];
  return [...choices(n - 1, k), ...choices(n - 1, k - 1).map((rest) => [...rest, n - 1])];
}

function sharpeOf(values: readonly number[]): number {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - 1);
  return mean / Math.sqrt(variance);
}

/** As the paper's section 2.1 has it, step by step: sub-matrices joined, ranks sorted, logits counted. */
function bruteForce(returns: readonly Float64Array[], blocks: number, purge: number): number[] {
  const rows = returns[0]?.length ?? 0;
  const rowsOf = (which: readonly number[]): number[] =>
    which.flatMap((block) => {
      const from = Math.floor((block * rows) / blocks) + (block === 0 ? 0 : purge);
      const to = Math.floor(((block + 1) * rows) / blocks);
      return Array.from({ length: to - from }, (_, i) => from + i);
    });
  return choices(blocks, blocks / 2).map((sample) => {
    const rest = Array.from({ length: blocks }, (_, b) => b).filter((b) => !sample.includes(b));
    const ratios = (which: readonly number[]): number[] =>
      returns.map((column) => sharpeOf(rowsOf(which).map((row) => column[row] ?? NaN)));
    const inSample = ratios(sample);
    const best = inSample.indexOf(Math.max(...inSample));
    const outOfSample = ratios(rest);
    const rank = 1 + outOfSample.toSorted((a, b) => a - b).indexOf(outOfSample[best] ?? NaN);
    const omega = rank / (returns.length + 1);
    return Math.log(omega / (1 - omega));
  });
}

describe("the probability of backtest overfitting", () => {
  it.each([
    { blocks: 4, trials: 5, rows: 41, purge: 0 },
    { blocks: 6, trials: 8, rows: 60, purge: 0 },
    { blocks: 8, trials: 6, rows: 83, purge: 2 },
  ])("is that of a brute-force implementation ($blocks blocks)", ({ blocks, trials, rows, purge }) => {
    for (let seed = 0; seed < 5; seed += 1) {
      const returns = noise(seed, trials, rows);
      const logits = bruteForce(returns, blocks, purge);
      const result = overfitting(returns, blocks, purge);
      const below = logits.filter((logit) => logit < -1e-12).length;
      const even = logits.filter((logit) => Math.abs(logit) <= 1e-12).length;
      expect(result.combinations).toBe(logits.length);
      expect(result.probability).toBeCloseTo((below + even / 2) / logits.length, 12);
    }
  });

  it("is the same from sums by block, with the risk-free rate taken off", () => {
    const free = 0.002;
    const returns = noise(3, 6, 83);
    const sums = returns.flatMap((column) =>
      Array.from({ length: 8 }, (_, block) => {
        const part = column.subarray(Math.floor((block * 83) / 8), Math.floor(((block + 1) * 83) / 8));
        return [
          part.reduce((sum, value) => sum + value, 0),
          part.reduce((sum, value) => sum + value * value, 0),
        ];
      }).flat(),
    );
    const excess = returns.map((column) => column.map((value) => value - free));
    const { inSampleSharpe, outOfSampleSharpe, ...counted } = overfitting(excess, 8);
    const result = overfittingOfSums(Float64Array.from(sums), 6, 8, 83, free);
    if ("absent" in result) throw new Error(result.absent);
    expect(result).toMatchObject(counted);
    expect(result.inSampleSharpe).toBeCloseTo(inSampleSharpe, 12);
    expect(result.outOfSampleSharpe).toBeCloseTo(outOfSampleSharpe, 12);
    expect(overfittingOfSums(Float64Array.from(sums), 6, 8, 83, 0)).not.toMatchObject(counted);
  });

  it("is near a half on noise, whatever the number of trials", () => {
    for (const trials of [2, 9, 40]) {
      const mean =
        Array.from({ length: 40 }, (_, seed) => overfitting(noise(seed, trials, 320), 8).probability).reduce(
          (sum, value) => sum + value,
          0,
        ) / 40;
      expect(mean).toBeGreaterThan(0.42);
      expect(mean).toBeLessThan(0.58);
    }
  });

  it("is near zero where one trial truly is better, and says what it kept out of sample", () => {
    const returns = noise(1, 30, 800);
    returns[17] = Float64Array.from(returns[17] ?? [], (value) => value + 0.004);
    const result = overfitting(returns);
    expect(result.combinations).toBe(12_870);
    expect(result.probability).toBeLessThan(0.01);
    expect(result.probabilityOfLoss).toBe(0);
    expect(result.outOfSampleSharpe).toBeGreaterThan(0.3);
  });

  it("is near one where what wins in one half loses in the other", () => {
    // Each trial gains in one block of eight and pays for it in all others alike.
    const returns = Array.from({ length: 8 }, (_, trial) =>
      Float64Array.from(
        { length: 160 },
        (_, row) => (Math.floor(row / 20) === trial ? 0.07 : -0.01) + 0.001 * (row % 2),
      ),
    );
    expect(overfitting(returns, 8).probability).toBe(1);
  });

  it("takes trials that never traded for a Sharpe ratio of 0", () => {
    const flat = [new Float64Array(64), new Float64Array(64), new Float64Array(64)];
    expect(overfitting(flat, 4)).toMatchObject({ probability: 0.5, outOfSampleSharpe: 0 });
  });

  it("is absent where nothing could be chosen, and refuses what does not fit", () => {
    expect(probabilityOfOverfitting(noise(1, 1, 100), 4)).toEqual({
      absent: "One trial alone was not chosen among others.",
    });
    expect(probabilityOfOverfitting(noise(1, 3, 20), 16)).toHaveProperty("absent");
    expect(() => probabilityOfOverfitting(noise(1, 3, 100), 5)).toThrow(/5 blocks/);
    expect(() => probabilityOfOverfitting([new Float64Array(40), new Float64Array(41)], 4)).toThrow(
      /Trial 1 has 41 returns, trial 0 has 40/,
    );
  });
});
