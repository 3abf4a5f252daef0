import { describe, expect, it } from "vitest";
import { hasSharedData, readShared } from "../../../tests/support/shared-data.ts";
import { xnys } from "./xnys.ts";

/** Early closes 1990 to 2027 as the Python package `holidays` 0.105 lists them for the NYSE. */
const HALF_DAYS =
  `1990-12-24 1991-12-24 1992-11-27 1992-12-24 1993-11-26 1994-02-11 1994-11-25 1995-07-03 1995-11-24
  1996-07-05 1996-11-29 1996-12-24 1997-07-03 1997-11-28 1997-12-24 1997-12-26 1998-11-27 1998-12-24 1999-11-26
  1999-12-31 2000-07-03 2000-11-24 2001-07-03 2001-11-23 2001-12-24 2002-07-05 2002-11-29 2002-12-24 2003-07-03
  2003-11-28 2003-12-24 2003-12-26 2004-11-26 2005-11-25 2006-07-03 2006-11-24 2007-07-03 2007-11-23 2007-12-24
  2008-07-03 2008-11-28 2008-12-24 2009-11-27 2009-12-24 2010-11-26 2011-11-25 2012-07-03 2012-11-23 2012-12-24
  2013-07-03 2013-11-29 2013-12-24 2014-07-03 2014-11-28 2014-12-24 2015-11-27 2015-12-24 2016-11-25 2017-07-03
  2017-11-24 2018-07-03 2018-11-23 2018-12-24 2019-07-03 2019-11-29 2019-12-24 2020-11-27 2020-12-24 2021-11-26
  2022-11-25 2023-07-03 2023-11-24 2024-07-03 2024-11-29 2024-12-24 2025-07-03 2025-11-28 2025-12-24 2026-11-27
  2026-12-24 2027-11-26`.split(/\s+/);

function closedWeekdays(from: string, to: string): string[] {
  const open = new Set(xnys.sessions(from, to).map((session) => session.date));
  const closed: string[] = [];
  for (let time = Date.parse(from); time <= Date.parse(to); time += 86_400_000) {
    const day = new Date(time);
    const date = day.toISOString().slice(0, 10);
    if (day.getUTCDay() % 6 !== 0 && !open.has(date)) closed.push(date);
  }
  return closed;
}

/** The dates in the first column of a file, header and all else left out. */
function datesIn(...path: string[]): string[] {
  return readShared(...path)
    .split("\n")
    .map((line) => line.slice(0, 10))
    .filter((date) => /^\d{4}-\d{2}-\d{2}$/.test(date));
}

function sessionDates(from: string, to: string): string[] {
  return xnys.sessions(from, to).map((session) => session.date);
}

describe("the New York calendar", () => {
  it("keeps the holidays that the exchange announced for 2025, 2026 and 2027", () => {
    // Source: NYSE, "Holidays & Trading Hours"; 2025-01-09 was added for the mourning of President Carter.
    expect(closedWeekdays("2025-01-01", "2027-12-31")).toEqual(
      `2025-01-01 2025-01-09 2025-01-20 2025-02-17 2025-04-18 2025-05-26 2025-06-19 2025-07-04 2025-09-01 2025-11-27
       2025-12-25 2026-01-01 2026-01-19 2026-02-16 2026-04-03 2026-05-25 2026-06-19 2026-07-03 2026-09-07 2026-11-26
       2026-12-25 2027-01-01 2027-01-18 2027-02-15 2027-03-26 2027-05-31 2027-06-18 2027-07-05 2027-09-06 2027-11-25
       2027-12-24`.split(/\s+/),
    );
  });

  it("does not move a New Year's Day from a Saturday, but moves it from a Sunday", () => {
    expect(xnys.session("2021-12-31")).toBeDefined();
    expect(xnys.session("2023-01-02")).toBeUndefined();
  });

  it("has the special closures", () => {
    for (const date of ["1994-04-27", "2001-09-11", "2001-09-14", "2004-06-11", "2007-01-02", "2012-10-29"]) {
      expect(xnys.session(date)).toBeUndefined();
    }
    expect(xnys.session("2001-09-17")).toBeDefined();
    expect(xnys.session("1997-01-20")).toBeDefined(); // Martin Luther King Jr. Day is kept since 1998
    expect(xnys.session("2021-06-18")).toBeDefined(); // Juneteenth since 2022
  });

  it("closes early on the days listed, and on no others", () => {
    const half = xnys.sessions("1990-01-01", "2027-12-31").filter((session) => session.half);
    expect(half.map((session) => session.date)).toEqual(HALF_DAYS);
  });

  it("opens at 09:30 and closes at 16:00, 13:00 or 14:00 New York time", () => {
    const hours = (date: string): string[] => {
      const session = xnys.session(date);
      return [session?.open, session?.close].map((time) => new Date(time ?? NaN).toISOString().slice(11, 16));
    };
    expect(hours("2024-03-08")).toEqual(["14:30", "21:00"]);
    expect(hours("2024-03-11")).toEqual(["13:30", "20:00"]);
    expect(hours("2006-03-13")).toEqual(["14:30", "21:00"]); // before the change of 2007
    expect(hours("2024-07-03")).toEqual(["13:30", "17:00"]);
    expect(hours("1992-11-27")).toEqual(["14:30", "19:00"]);
  });

  it("dates an instant by New York's clock", () => {
    expect(xnys.dateOf(Date.parse("2024-07-04T03:59:59Z"))).toBe("2024-07-03");
    expect(xnys.dateOf(Date.parse("2024-07-04T04:00:00Z"))).toBe("2024-07-04");
    expect(xnys.dateOf(Date.parse("2024-01-04T04:59:59Z"))).toBe("2024-01-03");
  });

  it("counts the bars of a day", () => {
    expect([60_000, 300_000, 1_800_000, 3_600_000, 86_400_000].map((ms) => xnys.barsPerDay(ms))).toEqual([
      390, 78, 13, 7, 1,
    ]);
  });

  it("has nothing on weekends, on dates that do not exist, before 1990, and in reversed windows", () => {
    for (const date of ["2024-07-06", "2025-02-30", "1989-12-29"]) expect(xnys.session(date)).toBeUndefined();
    expect(sessionDates("1980-01-01", "1990-01-03")).toEqual(["1990-01-02", "1990-01-03"]);
    expect(xnys.sessions("2024-02-01", "2024-01-01")).toEqual([]);
  });

  it("looks 250,000 sessions up in less than a second", () => {
    const dates = sessionDates("1993-01-01", "2023-12-31");
    const begin = performance.now();
    let found = 0;
    for (let k = 0; k < 32; k++) for (const date of dates) if (xnys.session(date) !== undefined) found += 1;
    expect(found).toBe(32 * dates.length);
    expect(performance.now() - begin).toBeLessThan(1000);
  });
});

describe.skipIf(!hasSharedData)("the New York calendar against real trading days", () => {
  it.each([
    ["SPY 1993 to 2020", ["market", "SPY-1993-2020.csv"]],
    ["AMZN 2015 to 2025", ["market", "close-adjusted-2015-2025", "AMZN.csv"]],
    ["AAPL 2022 to 2025", ["market", "daily", "AAPL.csv"]],
    ["JPM 2022 to 2025", ["market", "daily", "JPM.csv"]],
    ["SPY 2024 to 2025", ["market", "daily", "SPY.csv"]],
    ["NVDA 2022 to 2024", ["market", "daily-raw", "NVDA.csv"]],
    ["S&P 500 2019 to 2020", ["market", "crash-2019-2020", "sp500.csv"]],
    ["20 stocks 2015 to 2022", ["market", "sp500-20stocks-close", "sp500_dataset_2015_2022.csv"]],
    ["GOOG 2004 to 2013", ["known-results", "backtesting_py", "GOOG.csv"]],
  ])("has exactly the days of %s", (_, path) => {
    const dates = datesIn(...path);
    expect(dates.length).toBeGreaterThan(250);
    expect(sessionDates(dates[0] ?? "", dates.at(-1) ?? "")).toEqual(dates);
  });

  it.each(["aapl.csv", "ibm.csv"])("has exactly the days of Lean's %s, 1998 to 2021", (name) => {
    const dates = readShared("market", "lean-raw", name)
      .trim()
      .split("\n")
      .map((line) => line.replace(/^(\d{4})(\d{2})(\d{2}) .*$/, "$1-$2-$3"));
    expect(sessionDates(dates[0] ?? "", dates.at(-1) ?? "")).toEqual(dates);
  });

  it("opens when the first hourly bar of each real day does, and has its half days", () => {
    const days = Map.groupBy(readShared("market", "hourly", "SPY.csv").trim().split("\n").slice(1), (line) =>
      line.slice(0, 10),
    );
    const short: string[] = [];
    for (const [date, lines] of days) {
      const opened = Date.parse((lines[0] ?? "").slice(0, 25).replace(" ", "T"));
      expect(xnys.session(date)?.open).toBe(opened);
      if (lines.length < 7) short.push(date);
    }
    const sessions = xnys.sessions("2022-09-19", "2025-08-15");
    expect(sessions.map((session) => session.date)).toEqual([...days.keys()]);
    expect(sessions.filter((session) => session.half).map((session) => session.date)).toEqual(short);
  });
});
