import { expect, it } from "vitest";
import { sparkline } from "./sparkline.ts";

it("draws the lowest value at the bottom and the highest at the top", () => {
  expect(sparkline([0, 1, 2, 3, 4, 5, 6, 7], 8)).toBe("▁▂▃▄▅▆▇█");
  expect(sparkline([7, 0], 8)).toBe("█▁");
});

it("takes the last value of each stretch where there are too many, and so ends where they end", () => {
  expect(sparkline(Float64Array.of(9, 0, 9, 3, 9, 7), 3)).toBe("▁▄█");
  expect(
    sparkline(
      Array.from({ length: 1000 }, (_, i) => i),
      40,
    ),
  ).toHaveLength(40);
});

it("draws a flat line in the middle and nothing of nothing", () => {
  expect(sparkline([5, 5, 5], 10)).toBe("▄▄▄");
  expect(sparkline([], 10)).toBe("");
  expect(sparkline([1, 2], 0)).toBe("");
});
