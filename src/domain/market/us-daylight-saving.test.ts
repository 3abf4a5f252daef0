import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { newYorkInstant, newYorkOffset } from "./us-daylight-saving.ts";

const clock = new Intl.DateTimeFormat("sv-SE", {
  timeZone: "America/New_York",
  dateStyle: "short",
  timeStyle: "medium",
});

/** New York's clock by the time zone database that the runtime carries. */
function wallByDatabase(time: number): number {
  return Date.parse(`${clock.format(time).replace(" ", "T")}Z`);
}

const seconds = fc
  .integer({ min: Date.UTC(1990, 0, 1) / 1000, max: Date.UTC(2036, 0, 1) / 1000 })
  .map((second) => second * 1000);

describe("New York's clock", () => {
  it("is that of the time zone database from 1990 to 2035", () => {
    fc.assert(
      fc.property(seconds, (time) => {
        expect(time + newYorkOffset(time)).toBe(wallByDatabase(time));
      }),
      { numRuns: 500 },
    );
  });

  it("changes on the published days, to the second", () => {
    for (const instant of [
      "1999-04-04T07:00:00Z",
      "1999-10-31T06:00:00Z",
      "2006-04-02T07:00:00Z",
      "2006-10-29T06:00:00Z",
      "2007-03-11T07:00:00Z",
      "2007-11-04T06:00:00Z",
      "2025-03-09T07:00:00Z",
      "2025-11-02T06:00:00Z",
    ]) {
      const time = Date.parse(instant);
      expect(Math.abs(newYorkOffset(time) - newYorkOffset(time - 1))).toBe(3_600_000);
      expect(time + newYorkOffset(time)).toBe(wallByDatabase(time));
    }
  });

  it("finds the instant of a wall clock, the first of two", () => {
    fc.assert(
      fc.property(seconds, (time) => {
        const wall = time + newYorkOffset(time);
        const found = newYorkInstant(wall);
        expect(found + newYorkOffset(found)).toBe(wall);
        expect(found).toBeLessThanOrEqual(time);
      }),
    );
    expect(newYorkInstant(Date.parse("2024-11-03T01:30:00Z"))).toBe(Date.parse("2024-11-03T05:30:00Z"));
  });
});
