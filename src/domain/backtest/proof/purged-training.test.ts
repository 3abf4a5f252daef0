import * as fc from "fast-check";
import { expect, it } from "vitest";
import { combinatorialPaths } from "./combinatorial-paths.ts";
import { purgedTraining } from "./purged-training.ts";

it("leaves out the purge on both sides of a test and the embargo after it", () => {
  expect(purgedTraining(100, [{ from: 40, to: 60 }], 5, 3)).toEqual([
    { from: 0, to: 35 },
    { from: 68, to: 100 },
  ]);
  expect(purgedTraining(100, [{ from: 0, to: 20 }], 5, 3)).toEqual([{ from: 28, to: 100 }]);
  expect(purgedTraining(100, [{ from: 80, to: 100 }], 5, 3)).toEqual([{ from: 0, to: 75 }]);
  // What is left between two tests is shorter than what they leak.
  expect(
    purgedTraining(
      100,
      [
        { from: 20, to: 40 },
        { from: 50, to: 70 },
      ],
      5,
      3,
    ),
  ).toEqual([
    { from: 0, to: 15 },
    { from: 78, to: 100 },
  ]);
});

it("trains on every period that no test can reach, and on no other", () => {
  fc.assert(
    fc.property(
      fc.nat(40),
      fc.integer({ min: 1, max: 20 }),
      fc.nat(20),
      fc.integer({ min: 1, max: 20 }),
      fc.nat(6),
      fc.nat(6),
      (a, lengthA, gap, lengthB, purge, embargo) => {
        const first = { from: a, to: a + lengthA };
        const second = { from: first.to + gap, to: first.to + gap + lengthB };
        const spans = purgedTraining(120, [first, second], purge, embargo);
        for (let t = 0; t < 120; t += 1) {
          const reached = [first, second].some(
            ({ from, to }) => t >= from - purge && t < to + purge + embargo,
          );
          expect(spans.some(({ from, to }) => t >= from && t < to)).toBe(!reached);
        }
      },
    ),
    { numRuns: 50 },
  );
});

it("makes five combinatorial paths that cover every period once, from tests alone", () => {
  // Trial g does well everywhere but in its own group. Where groups a < b are tested, trials a and b are alike in
  // training and the first is chosen, which loses in a. So group g, tested with each other group in turn, shows
  // its loss from path g on.
  const periods = 120;
  const trials = Array.from({ length: 6 }, (_, g) =>
    Float64Array.from(
      { length: periods },
      (_, t) => (Math.floor(t / 20) === g ? -0.05 : 0.001) + (t % 2) / 1000,
    ),
  );
  const paths = combinatorialPaths(trials, 0, 0, 0);
  const losses = paths.map((path) => Array.from({ length: 6 }, (_, g) => (path[20 * g] ?? NaN) < 0));
  expect(losses).toEqual(
    Array.from({ length: 5 }, (_, path) => Array.from({ length: 6 }, (_, g) => g <= path)),
  );
  expect(paths.every((path) => path.every((value) => value !== 0))).toBe(true);
});
