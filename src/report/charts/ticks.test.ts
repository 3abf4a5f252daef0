import * as fc from "fast-check";
import { expect, it } from "vitest";
import { logTicks, niceTicks } from "./ticks.ts";

it("takes round steps", () => {
  expect(niceTicks(0, 10, 6)).toEqual([0, 2, 4, 6, 8, 10]);
  expect(niceTicks(-0.27, 0, 4)).toEqual([-0.2, -0.1, 0]);
  expect(niceTicks(163, 258, 6)).toEqual([180, 200, 220, 240]);
  expect(logTicks(95_000, 850_000, 6)).toEqual([100_000, 200_000, 300_000, 500_000]);
  expect(logTicks(0.5, 2e6, 4)).toEqual([1, 100, 10_000, 1_000_000]);
  expect(logTicks(90, 130, 5)).toEqual([90, 100, 110, 120, 130]);
});

it("stays within the range, ascends, and never runs out of room", () => {
  fc.assert(
    fc.property(
      fc.double({ min: -1e9, max: 1e9, noNaN: true }),
      fc.double({ min: 1e-6, max: 1e9, noNaN: true }),
      fc.integer({ min: 2, max: 12 }),
      (low, span, most) => {
        fc.pre(span > Math.abs(low) * 1e-6);
        const high = low + span;
        const ticks = niceTicks(low, high, most);
        expect(ticks.length).toBeGreaterThan(0);
        expect(ticks.length).toBeLessThanOrEqual(most);
        for (const [i, tick] of ticks.entries()) {
          if (i > 0) expect(tick).toBeGreaterThan(ticks[i - 1] ?? NaN);
          expect(tick).toBeGreaterThanOrEqual(low - span * 1e-6);
          expect(tick).toBeLessThanOrEqual(high + span * 1e-6);
        }
      },
    ),
  );
});

it("has ticks on a logarithmic range without a power of ten", () => {
  expect(logTicks(2.1, 9.2, 3)).toEqual([3, 5]);
});

it("has ticks on every logarithmic range", () => {
  fc.assert(
    fc.property(
      fc.double({ min: 1e-6, max: 1e6, noNaN: true }),
      fc.double({ min: 1.01, max: 1e9, noNaN: true }),
      fc.integer({ min: 3, max: 12 }),
      (low, factor, most) => {
        const ticks = logTicks(low, low * factor, most);
        expect(ticks.length).toBeGreaterThan(0);
        expect(ticks.length).toBeLessThanOrEqual(most);
        for (const tick of ticks)
          expect(tick >= low * (1 - 1e-9) && tick <= low * factor * (1 + 1e-9)).toBe(true);
      },
    ),
  );
});
