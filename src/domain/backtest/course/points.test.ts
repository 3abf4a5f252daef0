import * as fc from "fast-check";
import { expect, it } from "vitest";
import { lastOf, lowestOf, meanOf, pointsOf, sumOf } from "./points.ts";

it("keeps every row of a short column", () => {
  expect(pointsOf(4)).toEqual({ barsPerPoint: 1, ends: Int32Array.of(0, 1, 2, 3) });
});

it("puts the first row by itself, then so many rows to a point", () => {
  const points = pointsOf(6, 4);
  expect(points).toEqual({ barsPerPoint: 2, ends: Int32Array.of(0, 2, 4, 5) });
  const column = Float64Array.of(5, 9, 1, -3, 7, 2);
  expect(lastOf(column, points)).toEqual([5, 1, 7, 2]);
  expect(lowestOf(column, points)).toEqual([5, 1, -3, 2]);
  expect(sumOf(column, points)).toEqual([5, 10, 4, 2]);
  expect(meanOf(column, points)).toEqual([5, 5, 2, 2]);
});

it("stays within the points asked for and loses neither an end nor the lowest value nor the sum", () => {
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: -1000, max: 1000 }), { minLength: 2, maxLength: 400 }),
      fc.integer({ min: 2, max: 50 }),
      (values, most) => {
        const column = Float64Array.from(values);
        const points = pointsOf(column.length, most);
        expect(points.ends.length).toBeLessThanOrEqual(most);
        expect([points.ends[0], points.ends.at(-1)]).toEqual([0, values.length - 1]);
        expect(Math.min(...lowestOf(column, points))).toBe(Math.min(...values));
        expect(sumOf(column, points).reduce((sum, one) => sum + one, 0)).toBe(
          values.reduce((sum, one) => sum + one, 0),
        );
        expect(lastOf(column, points).at(-1)).toBe(values.at(-1));
      },
    ),
  );
});
