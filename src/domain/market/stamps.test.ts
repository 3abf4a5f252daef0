import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { calendarOf } from "./calendars.ts";
import { inferCalendar, readsAsNewYork } from "./infer-calendar.ts";
import { inferInterval } from "./infer-interval.ts";
import { placeRows, type Stamps } from "./stamps.ts";

const HOUR = 3_600_000;

/** Stamps from wall clocks like "2024-07-03T09:30", all with one offset in hours or none. */
function stamps(walls: readonly string[], hours: number = NaN): Stamps {
  return {
    wall: Float64Array.from(walls, (wall) => Date.parse(wall.length > 10 ? `${wall}Z` : wall)),
    offset: new Float64Array(walls.length).fill(hours * HOUR),
  };
}

function everyHour(from: string, count: number): string[] {
  return Array.from({ length: count }, (_, i) =>
    new Date(Date.parse(`${from}Z`) + i * HOUR).toISOString().slice(0, 16),
  );
}

describe("the interval of bars", () => {
  it("is the step that occurs most often", () => {
    const hourly = stamps(["09:30", "10:30", "11:30", "13:30", "14:30"].map((time) => `2024-07-05T${time}`));
    expect(inferInterval(hourly.wall, "A", null)).toBe("1h");
    expect(
      inferInterval(stamps(["2024-07-05", "2024-07-08", "2024-07-09", "2024-07-10"]).wall, "A", null),
    ).toBe("1d");
    expect(inferInterval(stamps(["2024-07-05"]).wall, "A", null)).toBe("1d");
  });

  it("is refused where bars cannot have it", () => {
    for (const walls of [
      ["2024-01-31", "2024-02-29", "2024-03-31"],
      ["2024-01-01T00:00", "2024-01-01T02:00"],
    ]) {
      expect(() => inferInterval(stamps(walls).wall, "A", "A.csv")).toThrowError(/A.csv has bars .* apart/);
    }
  });
});

describe("the calendar of bars", () => {
  it("is around the clock with weekends, New York's without", () => {
    expect(inferCalendar(stamps(["2024-07-05", "2024-07-06", "2024-07-07"]), true)).toBe("24/7");
    expect(inferCalendar(stamps(["2024-07-03", "2024-07-05", "2024-07-08"]), true)).toBe("XNYS");
  });

  it("is around the clock with bars in New York's night", () => {
    expect(inferCalendar(stamps(everyHour("2024-07-08T00:00", 48), 0), false)).toBe("24/7");
    expect(inferCalendar(stamps(everyHour("2024-07-08T04:00", 16)), false)).toBe("XNYS");
  });

  it("reads times without an offset as the clock that fits the session", () => {
    const local = stamps(["2024-07-08T09:30", "2024-07-08T12:30", "2024-07-08T15:30"]);
    const utc = stamps(["2024-01-08T14:30", "2024-01-08T17:30", "2024-01-08T20:30"]);
    expect([inferCalendar(local, false), readsAsNewYork(local)]).toEqual(["XNYS", true]);
    expect([inferCalendar(utc, false), readsAsNewYork(utc)]).toEqual(["XNYS", false]);
  });
});

describe("placing rows", () => {
  const xnys = calendarOf("XNYS");
  const times = (column: Float64Array): string[] =>
    [...column].map((time) => new Date(time).toISOString().slice(0, 16));

  it("gives a daily bar the session of its date, half days included", () => {
    const placed = placeRows(stamps(["2024-07-03", "2024-07-04", "2024-07-05"]), "1d", xnys, true);
    expect(times(placed.time)).toEqual(["2024-07-03T13:30", "2024-07-04T00:00", "2024-07-05T13:30"]);
    expect(times(placed.closeTime)).toEqual(["2024-07-03T17:00", "2024-07-05T00:00", "2024-07-05T20:00"]);
    expect([...placed.session].map((s) => placed.sessions[s]?.date)).toEqual([
      "2024-07-03",
      undefined,
      "2024-07-05",
    ]);
  });

  it("takes the date of a daily bar from the text, not from its instant", () => {
    const placed = placeRows(stamps(["2024-07-03T00:00"], -4), "1d", xnys, true);
    expect(times(placed.time)).toEqual(["2024-07-03T13:30"]);
  });

  it("closes an intraday bar an interval later, at the close of the session at the latest", () => {
    const walls = ["09:00", "09:30", "12:30", "13:00", "15:30"].map((time) => `2024-07-03T${time}`);
    const placed = placeRows(stamps(walls, -4), "1h", xnys, true);
    expect(times(placed.closeTime).map((time) => time.slice(11))).toEqual([
      "14:00",
      "14:30",
      "17:00",
      "18:00",
      "20:30",
    ]);
    // 09:00 overlaps the session, 13:00 begins after its early close.
    expect([...placed.session].map((s) => s >= 0)).toEqual([true, true, true, false, false]);
  });

  it("has days from midnight to midnight around the clock", () => {
    const placed = placeRows(stamps(["2024-07-06"]), "1d", calendarOf("24/7"), false);
    expect([...times(placed.time), ...times(placed.closeTime)]).toEqual([
      "2024-07-06T00:00",
      "2024-07-07T00:00",
    ]);
  });

  it("refuses years that no market has", () => {
    expect(() => placeRows(stamps(["0024-07-06"]), "1d", xnys, false)).toThrowError(/1700 to 2200/);
  });
});

describe("rows in any order", () => {
  const minute = fc.integer({ min: 0, max: 20 * 24 * 4 }).map((quarter) => quarter * 15);
  const walls = fc.array(minute, { minLength: 1, maxLength: 30 });

  it.each(["XNYS", "24/7"] as const)("lie in the sessions of %s that a search one by one finds", (id) => {
    const calendar = calendarOf(id);
    const from = Date.UTC(2024, 6, 1);
    fc.assert(
      fc.property(walls, fc.boolean(), (minutes, daily) => {
        const days = minutes.map((at) => from + (daily ? Math.floor(at / 1440) * 1440 : at) * 60_000);
        const wall = Float64Array.from(days);
        const given = { wall, offset: new Float64Array(wall.length).fill(daily ? NaN : 0) };
        const placed = placeRows(given, daily ? "1d" : "15m", calendar, false);
        for (const [i, start] of wall.entries()) {
          const found = placed.sessions.findIndex((one) =>
            daily
              ? one.date === new Date(start).toISOString().slice(0, 10)
              : start < one.close && start + 15 * 60_000 > one.open,
          );
          expect(placed.session[i]).toBe(found);
          const session = placed.sessions[found];
          const end = start + (daily ? 24 * HOUR : HOUR / 4);
          expect(placed.time[i]).toBe(daily && session !== undefined ? session.open : start);
          expect(placed.closeTime[i]).toBe(
            session === undefined ? end : daily ? session.close : Math.min(end, session.close),
          );
        }
      }),
    );
  });
});
