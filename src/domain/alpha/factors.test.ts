import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { dailyBars, sharedBars } from "../../../tests/support/daily-bars.ts";
import { hasSharedData } from "../../../tests/support/shared-data.ts";
import { type Bars, sliceBars } from "../market/bars.ts";
import { FACTOR_NAMES } from "../policy/alpha.ts";
import { randomFrom } from "../random.ts";
import { isAbsent } from "../statistic.ts";
import type { Factor } from "./factor.ts";
import { FACTORS } from "./factors.ts";

const ALL = [...FACTORS.values()];

function factor(name: (typeof FACTOR_NAMES)[number]): Factor {
  const found = FACTORS.get(name);
  if (found === undefined) throw new Error(`no factor ${name}`);
  return found;
}

function number(value: ReturnType<Factor["evaluate"]>): number {
  if (isAbsent(value)) throw new Error(value.absent);
  return value;
}

function reason(value: ReturnType<Factor["evaluate"]>): string {
  return isAbsent(value) ? value.absent : `it is ${value}`;
}

/** Bars whose log closes take the given steps from 100 on; highs and lows half a percent around. */
function barsOf(steps: readonly number[], volume: (i: number) => number = () => 1000): Bars {
  const close = new Float64Array(steps.length + 1);
  let log = Math.log(100);
  close[0] = 100;
  for (const [i, step] of steps.entries()) {
    log += step;
    close[i + 1] = Math.exp(log);
  }
  return dailyBars("X", {
    open: close,
    close,
    high: close.map((price) => price * 1.005),
    low: close.map((price) => price * 0.995),
    volume: close.map((_, i) => volume(i)),
  });
}

/** Log returns in steps of 0.1%, so that none is too small to be told from rounding. */
const steps = (minLength: number) =>
  fc
    .array(fc.integer({ min: -100, max: 100 }), { minLength, maxLength: minLength + 40 })
    .map((list) => list.map((step) => step / 1000));

describe("the registry", () => {
  it("has each built-in factor under its own name", () => {
    expect([...FACTORS.keys()]).toEqual([...FACTOR_NAMES]);
    for (const [name, one] of FACTORS) expect(one.name).toBe(name);
  });
});

/** Computed from the file with Python's statistics module, from each factor's stated formula. */
describe.skipIf(!hasSharedData)("on AAPL at 2025-08-15", () => {
  const bars = hasSharedData ? sharedBars("AAPL", "market", "daily", "AAPL.csv") : barsOf([]);

  it.each([
    ["momentum", 126, -0.1423708696479764],
    ["reversal", 5, -0.2728789731909392],
    ["trend", 63, 1.6692672196855798],
    ["breakout", 20, 0.8957115439132106],
    ["low-volatility", 63, -0.22984631541273612],
    ["volume-confirmation", 20, 0.3333951537215309],
  ] as const)("%s over %i bars", (name, lookback, expected) => {
    expect(number(factor(name).evaluate(bars, lookback))).toBeCloseTo(expected, 10);
  });

  it("low volatility over the whole file is minus the annual volatility that empyrical publishes", () => {
    expect(number(factor("low-volatility").evaluate(bars, 752))).toBeCloseTo(-0.28169340010378313, 12);
  });
});

describe("where there is nothing to know", () => {
  it.each([
    ["momentum", 63],
    ["reversal", 5],
    ["trend", 63],
    ["volume-confirmation", 20],
  ] as const)("%s has mean 0 and variance near 1: its value is a standardised figure", (name, lookback) => {
    const random = randomFrom(11);
    const values = Array.from({ length: 3000 }, () => {
      const walk = Array.from({ length: Math.max(lookback, 21) }, () => 0.01 * random.normal());
      const volumes = Array.from({ length: walk.length + 1 }, () => random.exponential());
      return number(
        factor(name).evaluate(
          barsOf(walk, (i) => volumes[i] ?? NaN),
          lookback,
        ),
      );
    });
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length;
    // The standard errors are 0.018 and 0.026; estimating the volatility from n returns adds about 3 / n.
    expect(Math.abs(mean)).toBeLessThan(0.07);
    expect(variance).toBeGreaterThan(0.9);
    expect(variance).toBeLessThan(1.2);
  });
});

describe.each(ALL)("$name", (one) => {
  it("reads nothing before its window", () => {
    fc.assert(
      fc.property(steps(60), fc.integer({ min: 2, max: 30 }), (list, lookback) => {
        const bars = barsOf(list);
        const start = bars.length - Math.max(lookback, 21) - 1;
        const poisoned = barsOf(list);
        for (const column of [poisoned.open, poisoned.high, poisoned.low, poisoned.close, poisoned.volume]) {
          column.fill(NaN, 0, start);
        }
        expect(one.evaluate(poisoned, lookback)).toEqual(one.evaluate(bars, lookback));
      }),
    );
  });

  it("does not depend on the currency of the prices or the unit of the volume", () => {
    const scale = fc.double({ min: 1e-3, max: 1e5, noNaN: true });
    fc.assert(
      fc.property(steps(40), fc.integer({ min: 2, max: 30 }), scale, scale, (list, lookback, price, unit) => {
        const bars = barsOf(list);
        const times = (column: Float64Array, by: number) => column.map((value) => value * by);
        const scaled = {
          ...bars,
          high: times(bars.high, price),
          low: times(bars.low, price),
          close: times(bars.close, price),
          volume: times(bars.volume, unit),
        };
        const [a, b] = [one.evaluate(bars, lookback), one.evaluate(scaled, lookback)];
        fc.pre(!isAbsent(a));
        expect(Math.abs(number(b) - number(a))).toBeLessThan(1e-7 * Math.max(1, Math.abs(number(a))));
      }),
    );
  });

  it("is absent, with the reason, where history is too short", () => {
    const bars = barsOf(Array.from({ length: 50 }, (_, i) => (i % 3) / 100));
    expect(isAbsent(one.evaluate(bars, 40))).toBe(false);
    expect(reason(one.evaluate(bars, 200))).toMatch(/^51 bars known, 20[01] needed$/);
    expect(isAbsent(one.evaluate(sliceBars(bars, 0, 0), 2))).toBe(true);
  });

  it("is absent where nothing moves and nothing trades", () => {
    const still = new Float64Array(60).fill(0.1);
    const bars = dailyBars("X", { open: still, close: still, volume: new Float64Array(60) });
    expect(reason(one.evaluate(bars, 20))).toMatch(/^no .* over \d+ bars$/);
  });

  it("scores within [-1, 1], rising with the value", () => {
    const finite = fc.double({ min: -50, max: 50, noNaN: true });
    // The one figure that has a sign: minus a volatility.
    const values = one.name === "low-volatility" ? finite.map((value) => -Math.abs(value) - 1e-3) : finite;
    fc.assert(
      fc.property(values, values, (a, b) => {
        expect(Math.abs(one.score(a))).toBeLessThanOrEqual(1);
        if (a <= b) expect(one.score(a)).toBeLessThanOrEqual(one.score(b));
      }),
    );
  });
});

describe("a price that has no logarithm", () => {
  const bars = barsOf(Array.from({ length: 60 }, (_, i) => (i % 3) / 100));

  it.each(["momentum", "reversal", "trend", "low-volatility"] as const)("leaves %s absent", (name) => {
    for (const bad of [0, -5, NaN]) {
      const value = factor(name).evaluate({ ...bars, close: bars.close.with(50, bad) }, 30);
      expect(reason(value)).toBe("a price in the window is not positive");
    }
  });
});

describe("signs", () => {
  const random = randomFrom(5);
  const noise = Array.from({ length: 200 }, () => 0.004 * random.normal());
  const drift = (by: number) => barsOf(noise.map((step) => step + by));
  const score = (name: (typeof FACTOR_NAMES)[number], bars: Bars, lookback = 40) =>
    factor(name).score(number(factor(name).evaluate(bars, lookback)));

  it.each(["momentum", "trend", "breakout", "volume-confirmation"] as const)(
    "%s follows the drift",
    (name) => {
      expect(score(name, drift(0.01))).toBeGreaterThan(0.5);
      expect(score(name, drift(-0.01))).toBeLessThan(-0.5);
    },
  );

  it("reversal opposes the last days", () => {
    const last = (by: number) => barsOf([...noise, ...Array.from({ length: 5 }, () => by)]);
    expect(score("reversal", last(-0.02), 5)).toBeGreaterThan(0.5);
    expect(score("reversal", last(0.02), 5)).toBeLessThan(-0.5);
  });

  it("low volatility prefers the calm and is neutral at 25% a year", () => {
    const one = factor("low-volatility");
    expect(score("low-volatility", drift(0))).toBeGreaterThan(0.5);
    expect(one.score(-0.25)).toBe(0);
    expect(one.score(-0.5)).toBeCloseTo(-0.6, 12);
    expect(one.score(-0.125)).toBeCloseTo(0.6, 12);
  });
});
