import { expect, it } from "vitest";
import { correlatedPairs } from "./correlation.ts";

it("correlations by hand, and none for a series that stands still", () => {
  const pairs = correlatedPairs([
    Float64Array.of(1, 2, 3, 4),
    Float64Array.of(0, 0, 0, 0),
    Float64Array.of(-2, -4, -6, -8),
    Float64Array.of(1, 3, 2, 4),
  ]);
  // 1..4 against 1, 3, 2, 4: covariance 4 over squares of 5 and 5.
  expect(pairs).toEqual([
    { first: 0, second: 2, value: -1 },
    { first: 0, second: 3, value: expect.closeTo(0.8, 12) as number },
    { first: 2, second: 3, value: expect.closeTo(-0.8, 12) as number },
  ]);
});
