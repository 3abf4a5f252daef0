import * as fc from "fast-check";
import { expect, it } from "vitest";
import { quantiles } from "./quantile.ts";
import { selectSmallest } from "./select-smallest.ts";

it("puts what sorting would put there, smaller ones before and larger ones after", () => {
  const value = fc.oneof(
    fc.integer({ min: -3, max: 3 }),
    fc.double({ noNaN: true }).map((one) => one + 0),
  );
  fc.assert(
    fc.property(fc.array(value, { minLength: 1, maxLength: 60 }), fc.nat(), (list, pick) => {
      const rank = pick % list.length;
      const values = Float64Array.from(list);
      const sorted = values.toSorted();
      selectSmallest(values, rank);
      expect(values[rank]).toBe(sorted[rank]);
      expect(values.toSorted()).toEqual(sorted);
      expect(Math.max(...values.subarray(0, rank + 1))).toBe(sorted[rank]);
      expect(Math.min(...values.subarray(rank))).toBe(sorted[rank]);
    }),
    { numRuns: 500 },
  );
});

it.each([
  ["noise", (i: number) => Math.sin(i * i)],
  ["ascending", (i: number) => i],
  ["descending", (i: number) => -i],
  ["up and down", (i: number) => Math.min(i, 5000 - i)],
  ["few different ones", (i: number) => (i * 7) % 3],
  ["all equal", () => 1],
])("does so of many values: %s", (_, of) => {
  const values = Float64Array.from({ length: 5000 }, (_unused, i) => of(i));
  const sorted = values.toSorted();
  for (const rank of [0, 1, 249, 250, 2500, 4749, 4998, 4999]) {
    const ordered = values.slice();
    selectSmallest(ordered, rank);
    expect(ordered[rank]).toBe(sorted[rank]);
    expect(Math.max(...ordered.subarray(0, rank + 1))).toBe(sorted[rank]);
    expect(Math.min(...ordered.subarray(rank))).toBe(sorted[rank]);
    expect(ordered.toSorted()).toEqual(sorted);
  }
});

it("gives several quantiles of one column in any order", () => {
  const values = Float64Array.from({ length: 101 }, (_, i) => (i * 37) % 101);
  expect(quantiles(values, [0.05, 0.95, 0.5, 0.055])).toEqual([5, 95, 50, 5.5]);
});
