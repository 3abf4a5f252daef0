import { describe, expect, it } from "vitest";
import { randomFrom } from "../random.ts";
import { MovingMaximum } from "./moving-maximum.ts";
import { MovingMoments } from "./moving-moments.ts";
import { MovingSum } from "./moving-sum.ts";
import { Sma, sma } from "./sma.ts";
import { Wma } from "./wma.ts";

const ROWS = 2_000_000;
const WINDOW = 50;

/** A random walk of steps of about 1 around an offset, with a rare jump out and back. */
function walk(offset: number, jump: number): Float64Array {
  const random = randomFrom(7);
  const values = new Float64Array(ROWS);
  let level = offset;
  for (let i = 0; i < ROWS; i += 1) {
    level += random.uniform() - 0.5;
    values[i] = i % 1000 === 500 ? level + jump : level;
  }
  return values;
}

/** Sums of the window that ends at `end`, in the plainest way, measured from its first value. */
function direct(values: Float64Array, end: number) {
  const window = values.subarray(end - WINDOW + 1, end + 1);
  const origin = window[0] ?? NaN;
  let sum = 0;
  let shifted = 0;
  let weighted = 0;
  for (const [i, value] of window.entries()) {
    sum += value;
    shifted += value - origin;
    weighted += value * (i + 1);
  }
  const shiftedMean = shifted / WINDOW;
  let squares = 0;
  for (const value of window) squares += (value - origin - shiftedMean) ** 2;
  return { sum, weighted, mean: origin + shiftedMean, variance: squares / WINDOW, window };
}

/** Rows where the window is compared: all of a block at the start and at the end, and some between. */
const CHECKED = [
  ...Array.from({ length: 200 }, (_, k) => WINDOW - 1 + k),
  ...Array.from({ length: 3000 }, (_, k) => 1000 + k * 661),
  ...Array.from({ length: 300 }, (_, k) => ROWS - 300 + k),
];

describe.each([
  { offset: 0, jump: 0 },
  { offset: 100, jump: 0 },
  { offset: 1e9, jump: 0 },
  { offset: -1e12, jump: 0 },
  { offset: 100, jump: 1e8 },
])(`moving windows over ${ROWS} bars, offset $offset, jumps of $jump`, ({ offset, jump }) => {
  const values = walk(offset, jump);
  const relative = (actual: number, expected: number, scale: number) =>
    Math.abs(actual - expected) / Math.max(Math.abs(scale), Number.MIN_VALUE);

  it("equal the direct computation at 1e-10 and better, from the first bar to the last", () => {
    const sum = new MovingSum(WINDOW);
    const sma = new Sma(WINDOW);
    const wma = new Wma(WINDOW);
    const moments = new MovingMoments(WINDOW);
    const maximum = new MovingMaximum(WINDOW);
    const worst = { sum: 0, sma: 0, wma: 0, mean: 0, variance: 0, distance: 0 };
    let next = 0;
    for (let i = 0; i < ROWS; i += 1) {
      const value = values[i] ?? NaN;
      const actualSum = sum.next(value);
      const actualSma = sma.next(value);
      const actualWma = wma.next(value);
      const actualMaximum = maximum.next(value);
      moments.add(value);
      if (CHECKED[next] !== i) continue;
      next += 1;
      const expected = direct(values, i);
      const size = expected.window.reduce((total, one) => total + Math.abs(one), 0);
      const weights = (WINDOW * (WINDOW + 1)) / 2;
      worst.sum = Math.max(worst.sum, relative(actualSum, expected.sum, size));
      worst.sma = Math.max(worst.sma, relative(actualSma, expected.sum / WINDOW, size / WINDOW));
      worst.wma = Math.max(worst.wma, relative(actualWma, expected.weighted / weights, size / WINDOW));
      worst.mean = Math.max(worst.mean, relative(moments.mean, expected.mean, size / WINDOW));
      worst.variance = Math.max(
        worst.variance,
        relative(moments.variance, expected.variance, expected.variance),
      );
      const distance = value - (expected.window[0] ?? NaN) - (expected.mean - (expected.window[0] ?? NaN));
      worst.distance = Math.max(
        worst.distance,
        relative(moments.distance, distance, Math.max(size / WINDOW, 1)),
      );
      expect(actualMaximum).toBe(Math.max(...expected.window));
    }
    expect(next).toBe(CHECKED.length);
    for (const [name, error] of Object.entries(worst)) expect(error, name).toBeLessThan(1e-10);
  });
});

it("has no drift as a column over ten million bars", () => {
  const random = randomFrom(11);
  const values = new Float64Array(10_000_000);
  let level = 100;
  for (let i = 0; i < values.length; i += 1) {
    level *= 1 + 0.001 * (random.uniform() - 0.5);
    values[i] = level;
  }
  const column = sma(values, WINDOW);
  let worst = 0;
  for (let i = WINDOW - 1; i < values.length; i += 997) {
    const expected = direct(values, i).sum / WINDOW;
    worst = Math.max(worst, Math.abs((column[i] ?? NaN) / expected - 1));
  }
  expect(worst).toBeLessThan(1e-12);
});

describe("moving moments", () => {
  it.each([0.1, -3e7 / 7, 1e15 + 0.5])("have exactly no variance where every value is %d", (constant) => {
    const moments = new MovingMoments(13);
    for (let i = 0; i < 100; i += 1) moments.add(constant);
    expect(moments.variance).toBe(0);
    expect(moments.mean).toBe(constant);
    expect(moments.distance).toBe(0);
  });

  it("forget an outlier completely as soon as it leaves the window", () => {
    const moments = new MovingMoments(10);
    for (let i = 0; i < 200; i += 1) moments.add(i === 104 ? 1e150 : i % 2);
    expect(moments.variance).toBeCloseTo(0.25, 14);
  });
});
