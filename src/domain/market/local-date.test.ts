import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { localDateSchema, minusDays, minusMonths } from "./local-date.ts";

const anyDate = fc
  .date({ min: new Date("1950-01-01T00:00:00Z"), max: new Date("2100-12-31T00:00:00Z"), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10));

describe("localDateSchema", () => {
  it.each(["2025-08-15", "2024-02-29", "2000-02-29"])("takes %s", (date) => {
    expect(localDateSchema.safeParse(date).success).toBe(true);
  });

  it.each([
    "2025-02-29",
    "1900-02-29",
    "2025-02-30",
    "2025-13-01",
    "2025-8-15",
    "15.08.2025",
    "2025-08-15T00:00",
    "",
  ])("refuses %s", (date) => {
    expect(localDateSchema.safeParse(date).success).toBe(false);
  });
});

describe("minusMonths", () => {
  it.each([
    ["2025-08-15", 6, "2025-02-15"],
    ["2025-08-31", 6, "2025-02-28"],
    ["2024-08-31", 6, "2024-02-29"],
    ["2024-02-29", 12, "2023-02-28"],
    ["2024-02-29", 48, "2020-02-29"],
    ["2025-03-31", 1, "2025-02-28"],
    ["2025-01-15", 1, "2024-12-15"],
    ["2025-12-31", 12, "2024-12-31"],
    ["2025-01-31", 2, "2024-11-30"],
    ["2000-03-30", 1, "2000-02-29"],
  ])("%s less %i is %s", (date, months, expected) => {
    expect(minusMonths(date, months)).toBe(expected);
  });

  it("keeps the day, or takes the month's last, and goes back exactly so many months", () => {
    fc.assert(
      fc.property(anyDate, fc.integer({ min: 0, max: 240 }), (date, months) => {
        const back = minusMonths(date, months);
        expect(localDateSchema.safeParse(back).success).toBe(true);
        const index = (text: string): number => Number(text.slice(0, 4)) * 12 + Number(text.slice(5, 7));
        expect(index(date) - index(back)).toBe(months);
        const sameDay = back.slice(8) === date.slice(8);
        const monthEnds = minusDays(back, -1).slice(8) === "01" && back.slice(8) < date.slice(8);
        expect(sameDay || monthEnds).toBe(true);
      }),
    );
  });
});

describe("minusDays", () => {
  it.each([
    ["2025-03-01", 1, "2025-02-28"],
    ["2024-03-01", 1, "2024-02-29"],
    ["2025-01-01", 1, "2024-12-31"],
    // New York changes its clocks on 2025-03-09 and 2025-11-02: dates do not care.
    ["2025-03-10", 1, "2025-03-09"],
    ["2025-11-03", 2, "2025-11-01"],
    ["2025-08-15", 365, "2024-08-15"],
  ])("%s less %i is %s", (date, days, expected) => {
    expect(minusDays(date, days)).toBe(expected);
  });

  it("goes there and back", () => {
    fc.assert(
      fc.property(anyDate, fc.integer({ min: 0, max: 20_000 }), (date, days) => {
        expect(minusDays(minusDays(date, days), -days)).toBe(date);
      }),
    );
  });
});
