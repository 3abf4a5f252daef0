import { parse } from "csv-parse/sync";
import { describe, expect, it } from "vitest";
import { hasSharedData, readShared } from "../../../../tests/support/shared-data.ts";
import { drawdownTable } from "../drawdown-table.ts";
import type { Drawdown } from "../statistics-schema.ts";
import { drawdownSpells } from "./drawdown-spells.ts";

/** The drawdowns of a column of a file, deepest first; dates without the time of day. */
function drawdownsOf(path: readonly string[], column: string, headerRows = 1): Drawdown[] {
  const [header = [], ...rows] = parse(readShared(...path), { relax_column_count: true });
  const data = rows.slice(headerRows - 1);
  const index = header.indexOf(column);
  const time = Float64Array.from(data, (row) => Date.parse(row[0] ?? ""));
  const table = drawdownTable(drawdownSpells(Float64Array.from(data, (row) => Number(row[index]))), time);
  const day = (one: string): string => one.slice(0, 10);
  return table.map((one) => ({
    ...one,
    start: day(one.start),
    trough: day(one.trough),
    recovery: one.recovery === null ? null : day(one.recovery),
  }));
}

describe.skipIf(!hasSharedData)("drawdowns that everybody knows", () => {
  const crash = ["market", "crash-2019-2020"] as const;
  const spy = ["market", "SPY-1993-2020.csv"] as const;
  const later = ["market", "close-adjusted-2015-2025"] as const;

  it("S&P 500 in March 2020: closed at 3,386.15 on February 19, at 2,237.40 on March 23, above again on August 18", () => {
    const [deepest] = drawdownsOf([...crash, "sp500.csv"], "close");
    expect(deepest).toMatchObject({
      start: "2020-02-19",
      trough: "2020-03-23",
      recovery: "2020-08-18",
      days: 181,
      // 126 sessions of New York from February 19 to August 18.
      bars: 126,
    });
    expect(deepest?.depth).toBeCloseTo(2237.4 / 3386.15 - 1, 5);
    expect(deepest?.depth).toBeCloseTo(-0.33925, 5);
  });

  it("SPY in 2007 to 2009 and 2020, closes and adjusted", () => {
    const adjusted = drawdownsOf(spy, "Adj Close");
    expect(adjusted[0]).toMatchObject({ start: "2007-10-09", trough: "2009-03-09" });
    expect(adjusted[0]?.depth).toBeCloseTo(-0.5519, 4);
    const of2020 = adjusted.find(({ start }) => start === "2020-02-19");
    expect(of2020).toMatchObject({ trough: "2020-03-23" });
    expect(of2020?.depth).toBeCloseTo(-0.3372, 4);
    const close = drawdownsOf(spy, "Close").find(({ start }) => start === "2020-02-19");
    expect(close).toMatchObject({ trough: "2020-03-23" });
    expect(close?.depth).toBeCloseTo(-0.341, 4);
  });

  it("Apple's deepest of 2019 and 2020", () => {
    const [deepest] = drawdownsOf([...crash, "apple.csv"], "adj_close");
    expect(deepest).toMatchObject({ start: "2020-02-12", trough: "2020-03-23" });
    expect(deepest?.depth).toBeCloseTo(-0.3143, 4);
  });

  it.each([
    ["NVDA", -0.324],
    ["JPM", -0.425],
    ["AMZN", -0.123],
  ])("%s from 2020-02-19 to 2020-03-23", (symbol, change) => {
    const [header = [], ...rows] = parse(readShared(...later, `${symbol}.csv`), { relax_column_count: true });
    const closes = new Map(rows.map((row) => [row[0] ?? "", Number(row[header.indexOf("close")])]));
    const move = (closes.get("2020-03-23") ?? NaN) / (closes.get("2020-02-19") ?? NaN) - 1;
    expect(move).toBeCloseTo(change, 3);
    // The drawdown around it is at least as deep, as its high and its trough need not be those days.
    const around = drawdownsOf([...later, `${symbol}.csv`], "close", 3).find(
      ({ start, trough }) => start <= "2020-02-20" && trough >= "2020-03-12" && trough <= "2020-04-30",
    );
    expect(around?.depth).toBeLessThanOrEqual(move);
  });
});
