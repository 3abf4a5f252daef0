import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { dateOfDay, dayOf, nthWeekday, weekdayOf } from "./day.ts";

describe("day", () => {
  it("counts days from 1970-01-01, a Thursday", () => {
    expect(dayOf("1970-01-01")).toBe(0);
    expect(weekdayOf(0)).toBe(4);
    expect(dayOf("2000-03-01") - dayOf("2000-02-28")).toBe(2);
    expect(dayOf("1900-03-01") - dayOf("1900-02-28")).toBe(1);
  });

  it("knows no dates that do not exist", () => {
    for (const text of ["2023-02-29", "2024-13-01", "2024-00-10", "24-01-01", "2024-1-1", ""]) {
      expect(dayOf(text)).toBeNaN();
    }
  });

  it("turns days into dates and back, with the weekday that Date gives", () => {
    fc.assert(
      fc.property(fc.integer({ min: -100_000, max: 100_000 }), (day) => {
        expect(dayOf(dateOfDay(day))).toBe(day);
        expect(weekdayOf(day)).toBe(new Date(dateOfDay(day)).getUTCDay());
      }),
    );
  });

  it("finds weekdays counted from either end of a month", () => {
    expect(dateOfDay(nthWeekday(2024, 11, 4, 4))).toBe("2024-11-28"); // Thanksgiving
    expect(dateOfDay(nthWeekday(2024, 5, 1, -1))).toBe("2024-05-27"); // Memorial Day
    expect(dateOfDay(nthWeekday(2025, 9, 1, 1))).toBe("2025-09-01"); // Labor Day
    expect(dateOfDay(nthWeekday(2024, 12, 2, -1))).toBe("2024-12-31");
  });
});
