import { describe, expect, it } from "vitest";
import { type PeriodReading, readPeriods } from "./period.ts";
import type { Period } from "./relative-period.ts";
import { RequestText } from "./request-text.ts";

const AS_OF = "2025-08-15";

function read(text: string, asOf: string | undefined = AS_OF): PeriodReading[] {
  return readPeriods(new RequestText(text), asOf);
}

describe("readPeriods", () => {
  it.each<[string, Period]>([
    ["Analyze AAPL for the last 6 months", { lastMonths: 6 }],
    ["over the past year", { lastMonths: 12 }],
    ["Analyze AAPL as of 2025-06-30", { lastMonths: 6, to: "2025-06-30" }],
    ["AAPL as of June 30, 2025 over the last year", { lastMonths: 12, to: "2025-06-30" }],
    ["AAPL over the last 90 days as of 2025-06-30", { lastDays: 90, to: "2025-06-30" }],
    ["AAPL since 2023 as of 2025-06-30", { from: "2023-01-01", to: "2025-06-30" }],
    ["over the last two years", { lastMonths: 24 }],
    ["last year", { lastMonths: 12 }],
    ["the last year and AAPL", { lastMonths: 12 }],
    ["past two weeks", { lastDays: 14 }],
    ["last 90 days", { lastDays: 90 }],
    ["a 90-day window", { lastDays: 90 }],
    ["over the previous quarter", { lastMonths: 3 }],
    ["trailing twelve months", { lastMonths: 12 }],
    ["over 18 months", { lastMonths: 18 }],
    ["the last 1.5 years", { lastMonths: 18 }],
    ["half a year", { lastMonths: 6 }],
    ["last month", { lastMonths: 1 }],
    ["past decade", { lastMonths: 120 }],
    ["AAPL 6m", { lastMonths: 6 }],
    ["AAPL 1y", { lastMonths: 12 }],
    ["the past couple of months", { lastMonths: 2 }],
    ["since January 2024", { from: "2024-01-01" }],
    ["in the summer of 2023", { from: "2023-06-01", to: "2023-08-31" }],
    ["spring 2024", { from: "2024-03-01", to: "2024-05-31" }],
    ["fall 2022", { from: "2022-09-01", to: "2022-11-30" }],
    ["since Jan 2024", { from: "2024-01-01" }],
    ["since 2023", { from: "2023-01-01" }],
    ["from 2023 onwards", { from: "2023-01-01" }],
    ["since 2024-03-15", { from: "2024-03-15" }],
    ["since March 15, 2024", { from: "2024-03-15" }],
    ["since 15 March 2024", { from: "2024-03-15" }],
    ["since the 1st of February 2024", { from: "2024-02-01" }],
    ["since March", { from: "2025-03-01" }],
    ["since October", { from: "2024-10-01" }],
    ["since March 2024 until now", { from: "2024-03-01" }],
    ["after 2023", { from: "2024-01-01" }],
    ["since last year", { from: "2024-01-01" }],
    ["since 3 years ago", { lastMonths: 36 }],
    ["since the covid crash", { from: "2020-02-19" }],
    ["Q1 2024", { from: "2024-01-01", to: "2024-03-31" }],
    ["in Q4 of 2023", { from: "2023-10-01", to: "2023-12-31" }],
    ["2024 Q2", { from: "2024-04-01", to: "2024-06-30" }],
    ["Q1 '24", { from: "2024-01-01", to: "2024-03-31" }],
    ["H1 2024", { from: "2024-01-01", to: "2024-06-30" }],
    ["in the second half of 2023", { from: "2023-07-01", to: "2023-12-31" }],
    ["the third quarter of 2022", { from: "2022-07-01", to: "2022-09-30" }],
    ["2024", { from: "2024-01-01", to: "2024-12-31" }],
    ["in 2023", { from: "2023-01-01", to: "2023-12-31" }],
    ["March 2020", { from: "2020-03-01", to: "2020-03-31" }],
    ["in February 2024", { from: "2024-02-01", to: "2024-02-29" }],
    ["in May", { from: "2025-05-01", to: "2025-05-31" }],
    ["2023-01-01 to 2023-12-31", { from: "2023-01-01", to: "2023-12-31" }],
    ["from 2023-01-01 until 2023-12-31", { from: "2023-01-01", to: "2023-12-31" }],
    ["2023-01-01 - 2023-12-31", { from: "2023-01-01", to: "2023-12-31" }],
    ["between 2023-01-01 and 2023-06-30", { from: "2023-01-01", to: "2023-06-30" }],
    ["between March 2024 and June 2024", { from: "2024-03-01", to: "2024-06-30" }],
    ["from March 2024 to June 2024", { from: "2024-03-01", to: "2024-06-30" }],
    ["from March to June 2024", { from: "2024-03-01", to: "2024-06-30" }],
    ["from 2019 to 2021", { from: "2019-01-01", to: "2021-12-31" }],
    ["2019-2021", { from: "2019-01-01", to: "2021-12-31" }],
    ["from Jan 5, 2024 through Feb 7, 2024", { from: "2024-01-05", to: "2024-02-07" }],
    ["from 31.12.2023 to 30.06.2024", { from: "2023-12-31", to: "2024-06-30" }],
    ["12/31/2023 to 06/30/2024", { from: "2023-12-31", to: "2024-06-30" }],
    ["6 months ending in June 2024", { lastMonths: 6, to: "2024-06-30" }],
    ["until June 2024", { lastMonths: 6, to: "2024-06-30" }],
    ["before 2024", { lastMonths: 6, to: "2023-12-31" }],
    ["the first 3 months of 2024", { from: "2024-01-01", to: "2024-03-31" }],
    ["the last two months of 2023", { from: "2023-11-01", to: "2023-12-31" }],
    ["ytd", { from: "2025-01-01" }],
    ["year to date", { from: "2025-01-01" }],
    ["this year", { from: "2025-01-01" }],
    ["since the beginning of the year", { from: "2025-01-01" }],
    ["this quarter", { from: "2025-07-01" }],
    ["this month", { from: "2025-08-01" }],
    ["during the covid crash", { from: "2020-02-19", to: "2020-03-23" }],
    ["in the 2008 crisis", { from: "2007-10-09", to: "2009-03-09" }],
    ["the financial crisis", { from: "2007-10-09", to: "2009-03-09" }],
    ["the 2022 bear market", { from: "2022-01-03", to: "2022-10-12" }],
    ["the dot-com crash", { from: "2000-03-24", to: "2002-10-09" }],
    ["over the whole history", { from: "1900-01-01" }],
    ["in 2025", { from: "2025-01-01" }],
    ["in August 2025", { from: "2025-08-01" }],
    ["in 2031", { from: "2031-01-01", to: "2031-12-31" }],
  ])("%s", (text, period) => {
    expect(read(text).map((one) => one.period)).toEqual([period]);
  });

  it.each([
    "Analyze AAPL",
    "backtest with a 50 day moving average",
    "the 10-day VaR",
    "a 14 day RSI",
    "it may rise",
    "march on",
    "invest $2024.50",
    "buy 2000000 shares",
    "for the next 6 months",
  ])("names no period: %s", (text) => {
    expect(read(text)).toEqual([]);
  });

  it.each(["from 01/02/2024", "since 2023-02-30", "since 2023-13-01", "31/31/2024"])(
    "asks back: %s",
    (text) => {
      const [reading] = read(text);
      expect(reading?.period).toBeUndefined();
      expect(reading?.problem).toMatch(/\.$/);
    },
  );

  it("asks back when the end lies before the beginning", () => {
    expect(read("from 2024-06-30 to 2024-01-01")[0]?.problem).toContain("after its end");
  });

  it.each(["ytd", "since March", "since last year", "this quarter"])("needs the as-of day: %s", (text) => {
    const [reading] = readPeriods(new RequestText(text), undefined);
    expect(reading?.problem).toBeDefined();
  });

  it("reads two periods as two", () => {
    expect(read("the last 6 months since 2020")).toHaveLength(2);
    expect(read("in 2023 and 2024")).toHaveLength(2);
  });

  it("says how vague words were read", () => {
    expect(read("the last few months")[0]?.assumption).toContain("no number");
    expect(read("how has it done lately")[0]?.assumption).toContain("no number");
  });

  it("turns trading days into calendar days and says so", () => {
    const [reading] = read("last 90 trading days");
    expect(reading?.period).toEqual({ lastDays: 126 });
    expect(reading?.assumption).toContain("Trading days");
  });

  it("finds nothing in a period of no length", () => {
    expect(read("last 0 days")[0]?.problem).toBeDefined();
  });

  it("uses up its words", () => {
    const text = new RequestText("AAPL in Q1 2024 please");
    readPeriods(text, AS_OF);
    expect(text.rest).not.toMatch(/Q1|2024/);
    expect(text.rest).toContain("AAPL");
  });
});
