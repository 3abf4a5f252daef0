import { describe, expect, it } from "vitest";
import { always } from "./always.ts";
import { calendarOf } from "./calendars.ts";

describe("trading around the clock", () => {
  it("has a session for every day, midnight to midnight UTC", () => {
    expect(always.session("2024-02-29")).toEqual({
      date: "2024-02-29",
      open: Date.UTC(2024, 1, 29),
      close: Date.UTC(2024, 2, 1),
      half: false,
    });
    expect(always.session("2023-02-29")).toBeUndefined();
    expect(always.sessions("2024-02-27", "2024-03-02").map((session) => session.date)).toEqual([
      "2024-02-27",
      "2024-02-28",
      "2024-02-29",
      "2024-03-01",
      "2024-03-02",
    ]);
    expect(always.dateOf(Date.UTC(2024, 1, 29, 23, 59))).toBe("2024-02-29");
    expect(always.barsPerDay(3_600_000)).toBe(24);
  });

  it("is found by its id, as New York is", () => {
    expect(calendarOf("24/7").daysPerYear).toBe(365);
    expect(calendarOf("XNYS").daysPerYear).toBe(252);
  });
});
