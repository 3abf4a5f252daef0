import { expect, it } from "vitest";
import { correlatedPairs, correlationMatrix } from "./correlation.ts";

it("correlations by hand, and none for a series that stands still", () => {
  const matrix = correlationMatrix([
    Float64Array.of(1, 2, 3, 4),
    Float64Array.of(-2, -4, -6, -8),
    Float64Array.of(1, 3, 2, 4),
    Float64Array.of(0, 0, 0, 0),
  ]);
  // 1..4 against 1, 3, 2, 4: covariance 4 over squares of 5 and 5.
  expect(Array.from(matrix[0] ?? [])).toEqual([1, -1, expect.closeTo(0.8, 12), NaN]);
  expect(matrix[3]?.[3]).toBeNaN();
  expect(correlatedPairs(matrix).map((pair) => [pair.first, pair.second])).toEqual([
    [0, 1],
    [0, 2],
    [1, 2],
  ]);
});
