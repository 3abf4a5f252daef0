import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { namedReturns, type Period, periodEnds, returnsBetween } from "./period-returns.ts";

const HOUR = 3_600_000;

function named(equity: readonly number[], times: readonly string[], period: Period): [string, number][] {
  const time = Float64Array.from(times, (one) => Date.parse(one));
  const ends = periodEnds(time, period);
  return namedReturns(returnsBetween(Float64Array.from(equity), ends), ends, time, period);
}

describe("returns by calendar period", () => {
  it("a bar that closes at midnight belongs to the day, month and year that it ends", () => {
    const times = [
      "2023-12-30T00:00:00Z",
      "2024-01-01T00:00:00Z",
      "2024-02-01T00:00:00Z",
      "2024-02-01T01:00:00Z",
    ];
    expect(named([100, 110, 121, 60.5], times, "month")).toEqual([
      ["2023-12", 110 / 100 - 1],
      ["2024-01", 121 / 110 - 1],
      ["2024-02", -0.5],
    ]);
    expect(named([100, 110, 121, 60.5], times, "year").map(([name]) => name)).toEqual(["2023", "2024"]);
    expect(named([100, 110, 121, 60.5], times, "day").map(([name]) => name)).toEqual([
      "2023-12-31",
      "2024-01-31",
      "2024-02-01",
    ]);
  });

  it("leaves out a period that the first row is alone in, and those after a ruin", () => {
    const times = [
      "2024-01-31T21:00:00Z",
      "2024-02-01T21:00:00Z",
      "2024-03-01T21:00:00Z",
      "2024-04-01T21:00:00Z",
    ];
    expect(named([100, 50, -5, 10], times, "month")).toEqual([
      ["2024-02", -0.5],
      ["2024-03", -5 / 50 - 1],
    ]);
    expect(named([100], times.slice(0, 1), "month")).toEqual([]);
    expect(named([], [], "month")).toEqual([]);
  });

  it("finds the ends that a look at every row finds, and the returns compound to the total", () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 1, max: 900 }), { minLength: 1, maxLength: 60 }),
        fc.constantFrom<Period>("day", "month", "year"),
        (gaps, period) => {
          let now = Date.UTC(2019, 11, 20);
          const time = Float64Array.from(gaps, (gap) => (now += gap * HOUR));
          const length = { day: 10, month: 7, year: 4 }[period];
          const label = (close: number): string => new Date(close - 1).toISOString().slice(0, length);
          const expected = [...time.keys()].filter(
            (row) => row === time.length - 1 || label(time[row] ?? NaN) !== label(time[row + 1] ?? NaN),
          );
          const ends = periodEnds(time, period);
          expect(ends).toEqual(expected);
          const equity = time.map((_, row) => 100 + 20 * Math.sin(row));
          const total = returnsBetween(equity, ends).reduce((product, value) => product * (1 + value), 1);
          expect(total).toBeCloseTo((equity.at(-1) ?? NaN) / (equity[0] ?? NaN), 10);
        },
      ),
      { numRuns: 200 },
    );
  });
});
