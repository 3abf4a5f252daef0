import { expect, it } from "vitest";
import { drawDrawdown } from "./draw-drawdown.ts";

const shown = (values: number[], width: number, rows: number): string[] =>
  drawDrawdown(values, width, rows).map((line) => line.replaceAll("\u00a0", " "));

it("hangs each fall from the top, the deepest to the bottom", () => {
  // Falls of 0, 10, 20, 30, 0 and 15 percent, in steps of 7.5 percent.
  expect(shown([100, 90, 80, 70, 100, 85], 6, 2)).toEqual(["▔▀██▔█", "  ▀█"]);
});

it("shows the deepest fall of each stretch, and any fall at all", () => {
  expect(shown([100, 50, 100, 100, 100, 99], 3, 1)).toEqual(["█▔▀"]);
});

it("draws nothing where nothing falls, and a debt as the whole depth", () => {
  expect(shown([1, 2, 2, 3], 4, 3)).toEqual([]);
  expect(shown([10, 5, -5], 3, 3)).toEqual(["▔██", "  █", "  █"]);
});
