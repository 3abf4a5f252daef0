import { describe, expect, it } from "vitest";
import { findStrategy } from "../strategies/strategies.ts";
import { axisOf, parseAxis } from "./axis.ts";
import { gridOf, numberAt, placesAt, valuesAt } from "./grid.ts";

describe("the values of a parameter", () => {
  it.each([
    ["5:20:5", [5, 10, 15, 20]],
    ["5:21:5", [5, 10, 15, 20]],
    ["2:5", [2, 3, 4, 5]],
    ["0.1:0.5:0.1", [0.1, 0.2, 0.3, 0.4, 0.5]],
    ["-1:1:0.5", [-1, -0.5, 0, 0.5, 1]],
    [" 7 , 3,1e2", [7, 3, 100]],
    ["true,false", [true, false]],
    ["mean, median", ["mean", "median"]],
    ["10", [10]],
  ])("%s", (text, values) => {
    expect(parseAxis("x", text)).toEqual({ name: "x", values });
  });

  it.each([
    ["5:60:0", "The grid of x: the step of 5:60:0 must be more than 0."],
    ["5:60:-5", "The grid of x: the step of 5:60:-5 must be more than 0."],
    ["60:5:5", "The grid of x: 60:5:5 ends before it begins."],
    ["5:b:5", 'The grid of x: "b" in 5:b:5 is not a number.'],
    ["5::5", 'The grid of x: "" in 5::5 is not a number.'],
    ["1:2:3:4", 'The grid of x: "1:2:3:4" has more than from, to and step.'],
    ["1:1000000:1", "The grid of x: 1:1000000:1 has 1000000 values; at most 10000 are taken."],
    ["1,,2", 'The grid of x: "1,,2" leaves a value out.'],
    ["1,2,1", "The grid of x: 1 is given twice."],
  ])("refuses %s", (text, message) => {
    expect(() => parseAxis("x", text)).toThrow(
      expect.objectContaining({ code: "BAD_ARGUMENT", message, details: { field: "grid.x" } }),
    );
  });
});

describe("the combinations", () => {
  const smaCross = findStrategy("sma-cross");

  it("count up with the last parameter fastest, and leave out what the strategy refuses", () => {
    const axes = [parseAxis("fast", "10:30:10"), parseAxis("slow", "20,30")];
    const grid = gridOf(smaCross, axes, { short: false });
    expect(Array.from(grid.taken, (number) => valuesAt(axes, number))).toEqual([
      { fast: 10, slow: 20 },
      { fast: 10, slow: 30 },
      { fast: 20, slow: 30 },
    ]);
    expect(grid.refused).toEqual([{ reason: "fast must be less than slow", count: 3 }]);
    for (let number = 0; number < 6; number += 1) {
      expect(numberAt(axes, placesAt(axes, number))).toBe(number);
    }
  });

  it.each([
    [[axisOf("quick", [1, 2])], {}, /^sma-cross: quick is not a parameter/],
    [
      [axisOf("fast", [40, 50])],
      { slow: 30 },
      /takes none of the 2 combinations: fast must be less than slow/,
    ],
    [[axisOf("fast", [1, 2])], { fast: 3 }, /fast is in the grid and among the fixed parameters/],
    [[axisOf("fast", [1]), axisOf("fast", [2])], {}, /names fast twice/],
    [[], {}, /needs a grid/],
    [[parseAxis("fast", "1:999"), parseAxis("slow", "1:999")], {}, /998001 combinations; at most 100000/],
  ])("are refused together: %j %j", (axes, fixed, message) => {
    expect(() => gridOf(smaCross, axes, fixed)).toThrow(
      expect.objectContaining({ code: "BAD_ARGUMENT", message: expect.stringMatching(message) as string }),
    );
  });
});
