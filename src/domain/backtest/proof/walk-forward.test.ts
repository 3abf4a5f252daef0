import { describe, expect, it } from "vitest";
import { z } from "zod";
import { randomFrom } from "../../random.ts";
import { STRATEGIES } from "../strategies/strategies.ts";
import { independentTrials } from "./independent-trials.ts";
import { overfitting } from "./overfitting.ts";
import { parameterGrid } from "./parameter-grid.ts";
import type { Trials } from "./trials.ts";
import { walkForward } from "./walk-forward.ts";

const DAY = 86_400_000;

function trialsOf(returns: readonly Float64Array[], horizon = 0): Trials {
  return {
    params: returns.map((_, k) => ({ k })),
    returns,
    own: 0,
    barsPerPeriod: 1,
    periodsPerYear: 252,
    riskFreePerPeriod: 0,
    time: Float64Array.from({ length: (returns[0]?.length ?? 0) + 1 }, (_, t) => t * DAY),
    horizon,
  };
}

/** A gain every other day, `gain` on average. */
function steady(length: number, gain: (t: number) => number): Float64Array {
  return Float64Array.from({ length }, (_, t) => gain(t) + (t % 2 === 0 ? 0.01 : -0.01));
}

function noise(seed: number, trials: number, length: number): Float64Array[] {
  const random = randomFrom(seed);
  return Array.from({ length: trials }, () => Float64Array.from({ length }, () => 0.01 * random.normal()));
}

describe("walk-forward", () => {
  it("chooses on the purged past and tests on the next fold", () => {
    // Trial 1 is the better one until day 300, then trial 0 is.
    const first = steady(600, (t) => (t < 300 ? 0 : 0.004));
    const second = steady(600, (t) => (t < 300 ? 0.004 : 0));
    const result = walkForward(trialsOf([first, second], 10));
    expect(result).toMatchObject({ standing: "passed", trials: 2, purge: 10, embargo: 6 });
    expect(result.folds.map(({ params }) => params["k"])).toEqual([1, 1, 1, 1, 1]);
    const day = (t: number): string => new Date(t * DAY).toISOString();
    // Six folds of 100; ten days before each test are purged.
    expect(result.folds.map(({ train, test }) => [train.to, test.from, test.to])).toEqual(
      [100, 200, 300, 400, 500].map((t) => [day(t - 10), day(t), day(t + 100)]),
    );
    // 0.004 / 0.01 a day on the first two tests, nothing on the last three.
    expect(result.folds[0]?.outOfSampleSharpe).toBeCloseTo(0.4 * Math.sqrt(252 * (99 / 100)), 6);
    expect(result.folds[4]?.outOfSampleSharpe).toBeCloseTo(0, 6);
    expect(result.efficiency).toBeCloseTo(
      (result.outOfSampleSharpe ?? NaN) / (result.inSampleSharpe ?? NaN),
      12,
    );
    expect(result.conclusion).toMatch(
      /^Chosen anew on 5 training parts among 2 sets of parameters, it has a Sharpe ratio of \d\.\d\d out of sample, \d\.\d\d in sample \(efficiency \d+%\)\.$/,
    );
  });

  it("is doubtful where what was chosen earns nothing later, and left out without a choice", () => {
    // What was good in one fold is bad in the next.
    const returns = [0, 1].map((k) => steady(600, (t) => (Math.floor(t / 100) % 2 === k ? 0.004 : -0.004)));
    expect(walkForward(trialsOf(returns)).standing).toBe("doubtful");
    const one = walkForward(trialsOf(noise(1, 1, 600)));
    expect(one).toMatchObject({
      standing: "left out",
      conclusion: "It has no numeric parameters to choose.",
    });
    expect(walkForward(trialsOf(noise(1, 3, 60))).conclusion).toBe("60 returns are too few for 6 folds.");
  });
});

describe("the overfitting test", () => {
  it("doubts the best of noise", () => {
    const returns = noise(2, 30, 800);
    const sharpe = (column: Float64Array): number => column.reduce((sum, value) => sum + value, 0);
    const best = returns.indexOf(returns.toSorted((a, b) => sharpe(b) - sharpe(a))[0] ?? new Float64Array());
    const result = overfitting({ ...trialsOf(returns), own: best }, 0);
    expect(result.standing).toBe("doubtful");
    expect(result.deflatedSharpe).toBeLessThan(0.9);
    expect(result.probability).toBeGreaterThan(0.2);
    expect(result.paths).toHaveLength(5);
  });

  it("passes one that truly is better", () => {
    const returns = noise(3, 10, 800).map((column, k) =>
      k === 4 ? column.map((value) => value + 0.003) : column,
    );
    const result = overfitting({ ...trialsOf(returns), own: 4 }, 0);
    expect(result.standing).toBe("passed");
    expect(result.probability).toBeLessThan(0.05);
    expect(Math.min(...result.paths)).toBeGreaterThan(1);
  });

  it("counts alike trials once", () => {
    const [one = new Float64Array(), other = new Float64Array()] = noise(4, 2, 2000);
    expect(independentTrials([one, one, one])).toBeCloseTo(1, 9);
    expect(independentTrials([one, other])).toBeCloseTo(2, 1);
    expect(independentTrials([one, one, other, other])).toBeCloseTo(4 - 3 / 3, 1);
  });
});

describe("the parameter grid", () => {
  const schema = z
    .strictObject({
      fast: z.int().min(2).max(40).default(10),
      slow: z.int().min(5).max(200).default(30),
      short: z.boolean().default(true),
    })
    .refine(({ fast, slow }) => fast < slow);
  const grid = parameterGrid(schema, { fast: 10, slow: 30, short: true }, 49, randomFrom(1));

  it("varies numbers around those given, within the schema, the given first", () => {
    expect(grid[0]).toEqual({ fast: 10, slow: 30, short: true });
    expect(grid.length).toBeGreaterThan(15);
    expect(new Set(grid.map((one) => JSON.stringify(one))).size).toBe(grid.length);
    for (const one of grid) expect(schema.parse(one)).toEqual(one);
    expect(Math.min(...grid.map((one) => Number(one["fast"])))).toBe(5);
    expect(Math.max(...grid.map((one) => Number(one["slow"])))).toBe(60);
  });

  it("is bounded, and empty without a number", () => {
    expect(parameterGrid(schema, { fast: 10, slow: 30, short: true }, 7, randomFrom(1))).toHaveLength(7);
    expect(parameterGrid(z.strictObject({ on: z.boolean() }), { on: true }, 9, randomFrom(1))).toEqual([]);
    // Three values each make 10^14 combinations.
    const names = Array.from({ length: 30 }, (_, k) => `p${k}`);
    const wide = z.strictObject(Object.fromEntries(names.map((name) => [name, z.number().default(1)])));
    const drawn = parameterGrid(wide, wide.parse({}), 49, randomFrom(1));
    expect(new Set(drawn.map((one) => JSON.stringify(one))).size).toBe(49);
  });

  it.each(STRATEGIES.map((strategy) => [strategy.name, strategy] as const))(
    "is valid for %s",
    (_name, strategy) => {
      const given = strategy.params.parse({});
      const sets = parameterGrid(strategy.params, given, 49, randomFrom(1));
      expect(sets.length).toBeLessThanOrEqual(49);
      for (const one of sets) expect(strategy.params.safeParse(one).success).toBe(true);
      const numbers = Object.values(given).filter((value) => typeof value === "number");
      if (numbers.length > 0) expect(sets.length).toBeGreaterThanOrEqual(3);
    },
  );
});
