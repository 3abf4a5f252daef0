import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { hasSharedData, readShared } from "../../../tests/support/shared-data.ts";
import { FinAgentError } from "../errors.ts";
import { calendarOf } from "./calendars.ts";
import { minusDays } from "./local-date.ts";
import { resolveWindow, type TimeWindow, type WindowRequest, windowSchema } from "./window.ts";

const newYork = calendarOf("XNYS");
const always = calendarOf("24/7");

/** Friday 2025-08-15, the close in New York. */
const AS_OF = Date.parse("2025-08-15T16:00:00-04:00");

const resolve = (request: WindowRequest, asOf = AS_OF): TimeWindow => resolveWindow(request, asOf, newYork);

function errorOf(run: () => unknown): FinAgentError {
  try {
    run();
  } catch (error) {
    if (error instanceof FinAgentError) return error;
    throw error;
  }
  throw new Error("Nothing was thrown.");
}

describe("a window that counts back", () => {
  it("begins with the first session on or after the date: 15 February 2025 is a Saturday before Presidents' Day", () => {
    expect(resolve({ lastMonths: 6 })).toEqual({
      fromDate: "2025-02-18",
      toDate: "2025-08-15",
      from: Date.parse("2025-02-18T09:30:00-05:00"),
      to: AS_OF,
    });
  });

  it.skipIf(!hasSharedData)("has as many sessions as the real file has rows", () => {
    const dates = readShared("market", "daily", "AAPL.csv")
      .split("\n")
      .slice(1)
      .map((line) => line.slice(0, 10))
      .filter((date) => date >= "2025-02-15" && date <= "2025-08-15");
    const window = resolve({ lastMonths: 6 });
    expect([window.fromDate, window.toDate]).toEqual([dates.at(0), dates.at(-1)]);
    expect(newYork.sessions(window.fromDate, window.toDate).map(({ date }) => date)).toEqual(dates);
  });

  it.each([
    ["2025-08-29", 6, "2025-02-28"], // 29 February does not exist in 2025
    ["2024-08-30", 6, "2024-02-29"], // here it is the leap day
    ["2024-03-28", 1, "2024-02-28"],
    ["2025-01-02", 12, "2024-01-02"],
    ["2025-06-30", 1, "2025-05-30"],
  ])("as of %s, %i months begin on %s", (date, lastMonths, expected) => {
    expect(resolve({ lastMonths }, Date.parse(`${date}T21:00:00Z`)).fromDate).toBe(expected);
  });

  it.each([
    [1, "2025-08-14"],
    [5, "2025-08-11"], // the tenth is a Sunday
    [30, "2025-07-16"],
    [365, "2024-08-15"],
  ])("%i days begin on %s", (lastDays, expected) => {
    expect(resolve({ lastDays }).fromDate).toBe(expected);
  });

  it("counts from the end where one is given", () => {
    const window = resolve({ lastMonths: 3, to: "2024-03-28" });
    expect([window.fromDate, window.toDate]).toEqual(["2023-12-28", "2024-03-28"]);
  });

  it("takes 12 months where nothing is said, also before a given end", () => {
    expect(resolve({}).fromDate).toBe("2024-08-15");
    expect(resolve({ to: "2023-06-30" }).fromDate).toBe("2022-06-30");
  });
});

describe("a window between dates", () => {
  it("has both ends in it, and opens and closes by the clocks of New York", () => {
    // Clocks went forward on 2025-03-09: the open moves from 14:30 to 13:30 UTC, the close from 21:00 to 20:00.
    expect(resolve({ from: "2025-03-07", to: "2025-03-10" })).toEqual({
      fromDate: "2025-03-07",
      toDate: "2025-03-10",
      from: Date.parse("2025-03-07T14:30:00Z"),
      to: Date.parse("2025-03-10T20:00:00Z"),
    });
    // And back on 2024-11-03.
    expect(resolve({ from: "2024-11-01", to: "2024-11-04" })).toMatchObject({
      from: Date.parse("2024-11-01T13:30:00Z"),
      to: Date.parse("2024-11-04T21:00:00Z"),
    });
  });

  it("ends early on a half day", () => {
    expect(resolve({ from: "2024-11-29", to: "2024-11-30" })).toMatchObject({
      toDate: "2024-11-29",
      to: Date.parse("2024-11-29T18:00:00Z"),
    });
  });

  it("may be a single day", () => {
    expect(resolve({ from: "2025-08-15", to: "2025-08-15" })).toMatchObject({
      fromDate: "2025-08-15",
      toDate: "2025-08-15",
    });
  });

  it("begins with the calendar where the date is before it", () => {
    expect(resolve({ from: "1980-01-02" }).fromDate).toBe("1990-01-02");
  });

  it("uses days of 24 hours where trading never stops", () => {
    const asOf = Date.parse("2025-08-17T06:00:00Z");
    expect(resolveWindow({ from: "2025-08-16" }, asOf, always)).toMatchObject({
      fromDate: "2025-08-16",
      toDate: "2025-08-17",
      from: Date.parse("2025-08-16T00:00:00Z"),
      to: asOf,
    });
  });
});

describe("as-of within a day", () => {
  it("is the end while the session is on", () => {
    const noon = Date.parse("2025-08-15T12:00:00-04:00");
    expect(resolve({ lastDays: 3 }, noon)).toMatchObject({ toDate: "2025-08-15", to: noon });
  });

  it("leaves out a session that has not opened", () => {
    const morning = Date.parse("2025-08-15T08:00:00-04:00");
    expect(resolve({ lastDays: 3 }, morning)).toMatchObject({
      toDate: "2025-08-14",
      to: Date.parse("2025-08-14T20:00:00Z"),
    });
  });

  it("leaves out a session that opens at that instant: nothing of it is known", () => {
    const open = Date.parse("2025-08-15T09:30:00-04:00");
    expect(resolve({ lastDays: 3 }, open).toDate).toBe("2025-08-14");
    expect(resolve({ lastDays: 3 }, open + 1).toDate).toBe("2025-08-15");
  });

  it("belongs at midnight to the day that ends, also where a new one begins to trade", () => {
    const midnight = Date.parse("2025-08-17T00:00:00Z");
    expect(resolveWindow({ lastDays: 1 }, midnight, always)).toMatchObject({
      fromDate: "2025-08-15",
      toDate: "2025-08-16",
    });
  });

  it("belongs to the date in New York, not in UTC", () => {
    const evening = Date.parse("2025-08-15T21:00:00-04:00"); // already the 16th in UTC
    expect(resolve({ lastMonths: 6 }, evening).fromDate).toBe("2025-02-18");
    expect(errorOf(() => resolve({ to: "2025-08-16" }, evening)).code).toBe("FUTURE_DATE");
  });

  it("ends with Friday on a weekend", () => {
    expect(resolve({ lastDays: 7 }, Date.parse("2025-08-17T12:00:00Z"))).toMatchObject({
      fromDate: "2025-08-11",
      toDate: "2025-08-15",
      to: AS_OF,
    });
  });
});

describe("what is refused", () => {
  it("a beginning after the end", () => {
    const error = errorOf(() => resolve({ from: "2025-03-02", to: "2025-03-01" }));
    expect(error.code).toBe("BAD_ARGUMENT");
    expect(error.message).toContain("2025-03-02");
    expect(error.message).toContain("2025-03-01");
  });

  it.each([
    ["from", { from: "2025-08-18" }],
    ["to", { from: "2025-08-01", to: "2025-08-18" }],
  ])("a future %s, saying the as-of date and how to move it", (field, request) => {
    const error = errorOf(() => resolve(request));
    expect(error.code).toBe("FUTURE_DATE");
    expect(error.message).toBe(`${field} 2025-08-18 is after 2025-08-15, the last day that is known.`);
    expect(error.hint).toContain("--as-of");
    expect(error.exitStatus).toBe(2);
  });

  it.each([
    ["from", { from: "2025-02-30" }],
    ["to", { to: "yesterday" }],
    ["from", { from: "2025-1-2", to: "2025-02-01" }],
    ["lastMonths", { lastMonths: 0 }],
    ["lastDays", { lastDays: 1.5 }],
  ])("a malformed %s, by name", (field, request) => {
    const error = errorOf(() => resolve(request));
    expect(error.code).toBe("BAD_ARGUMENT");
    expect(error.message).toMatch(new RegExp(`^${field}: `, "u"));
    expect(error.details).toMatchObject({ field });
  });

  it("two beginnings", () => {
    const error = errorOf(() => resolve({ from: "2025-01-02", lastMonths: 6 }));
    expect(error.code).toBe("BAD_ARGUMENT");
    expect(error.message).toContain("from, lastMonths");
    expect(errorOf(() => resolve({ lastDays: 5, lastMonths: 6 })).code).toBe("BAD_ARGUMENT");
  });

  it.each([
    ["a weekend with a holiday", { from: "2025-02-15", to: "2025-02-17" }],
    ["Independence Day", { from: "2025-07-04", to: "2025-07-04" }],
    ["before the calendar", { from: "1980-01-02", to: "1985-12-31" }],
  ])("a window without sessions: %s", (_name, request) => {
    const error = errorOf(() => resolve(request));
    expect(error.code).toBe("EMPTY_WINDOW");
    expect(error.message).toContain(request.from);
    expect(error.message).toContain(request.to);
  });

  it("today before the open", () => {
    const morning = Date.parse("2025-08-15T08:00:00-04:00");
    expect(errorOf(() => resolve({ from: "2025-08-15" }, morning)).code).toBe("EMPTY_WINDOW");
  });

  it("a field that is not there, instead of leaving it unread", () => {
    expect(windowSchema.safeParse({ lastYears: 2 }).success).toBe(false);
  });
});

it("always begins and ends with sessions, within the dates asked for and never past as-of", () => {
  const asOfs = fc.integer({ min: Date.parse("2005-01-01"), max: Date.parse("2026-12-31") });
  fc.assert(
    fc.property(asOfs, fc.integer({ min: 5, max: 800 }), (asOf, lastDays) => {
      const window = resolve({ lastDays }, asOf);
      const today = newYork.dateOf(asOf);
      expect(window.fromDate >= minusDays(today, lastDays)).toBe(true);
      expect(window.toDate <= today).toBe(true);
      expect(window.from).toBe(newYork.session(window.fromDate)?.open);
      expect(window.from).toBeLessThan(window.to);
      expect(window.to).toBeLessThanOrEqual(asOf);
      expect(window.to).toBeLessThanOrEqual(newYork.session(window.toDate)?.close ?? NaN);
    }),
    { numRuns: 200 },
  );
});
