import { describe, expect, it } from "vitest";
import { marketDataContract } from "../../../tests/contract/market-data.ts";
import { hasSharedData, readShared, sharedPath } from "../../../tests/support/shared-data.ts";
import type { Bars } from "../../domain/market/bars.ts";
import { at, last } from "../../domain/market/column.ts";
import { xnys } from "../../domain/market/xnys.ts";
import type { MarketData, SymbolSeries } from "../../domain/ports.ts";
import { csvMarketData } from "./csv-market-data.ts";

const sources = new Map<string, MarketData>();

/** One symbol of a shared directory; files are read once for all tests. */
async function read(directory: string, symbol: string): Promise<SymbolSeries> {
  const source = sources.get(directory) ?? csvMarketData(sharedPath(...directory.split("/")));
  sources.set(directory, source);
  return source.series(symbol, Infinity);
}

/** The number in a cell of a shared file, found by the line's beginning; read apart from the code under test. */
function cell(file: string, line: string, column: number): number {
  const found = readShared(...file.split("/"))
    .split("\n")
    .find((one) => one.startsWith(line));
  return Number(found?.split(",")[column]);
}

function indexOf(bars: Bars, date: string): number {
  return bars.time.findIndex((time) => xnys.dateOf(time) === date);
}

function closeOn(bars: Bars, date: string): number {
  return at(bars.close, indexOf(bars, date));
}

/** The deepest fall of the close from its high so far, as a negative fraction. */
function maxDrawdown(bars: Bars): number {
  let high = 0;
  let worst = 0;
  for (const close of bars.close) {
    high = Math.max(high, close);
    worst = Math.min(worst, close / high - 1);
  }
  return worst;
}

function severities({ findings }: SymbolSeries, kind: string): string[] {
  return findings.filter((finding) => finding.kind === kind).map((finding) => finding.severity);
}

describe.skipIf(!hasSharedData)("real files", () => {
  it.each([
    ["market", "SPY-1993-2020", 7033, "1d"],
    ["market/daily", "AAPL", 753, "1d"],
    ["market/daily", "SPY", 251, "1d"],
    ["market/daily-raw", "NVDA", 753, "1d"],
    ["market/hourly", "JPM", 5082, "1h"],
    ["market/crash-2019-2020", "GOOGLE", 505, "1d"],
    ["market/lean-raw", "IBM", 5849, "1d"],
    ["market/sp500-20stocks-close", "XOM", 2012, "1d"],
    ["market/close-adjusted-2015-2025", "NVDA", 2720, "1d"],
    ["btc", "BTC-EUR_1d_2023_2025-08", 969, "1d"],
    ["btc", "BTC_USD-Hourly_2020_2022", 18_961, "1h"],
    ["btc", "Coinbase_BTCUSD_d_2014_2019", 1770, "1d"],
    ["btc", "IBIT_1min_7d", 2722, "1m"],
    ["known-results/backtesting_py", "GOOG", 2148, "1d"],
    ["known-results/backtesting_py", "EURUSD", 5000, "1h"],
  ])("%s: %s has %i bars of %s", async (directory, symbol, rows, interval) => {
    const { bars } = await read(directory, symbol);
    expect([bars.length, bars.interval]).toEqual([rows, interval]);
  });

  it("offers prices only, and an index where there is one", async () => {
    const symbols = async (directory: string): Promise<string[]> =>
      (await csvMarketData(sharedPath(...directory.split("/"))).list()).map((info) => info.symbol);
    expect(await symbols("market/daily")).toEqual(["AAPL", "AMZN", "GOOGL", "JPM", "MSFT", "NVDA", "SPY"]);
    expect(await symbols("market")).toEqual(["SPY-1993-2020"]);
    expect(await symbols("known-results/backtesting_py")).toEqual(["BTCUSD", "EURUSD", "GOOG"]);
    expect((await symbols("market/sp500-20stocks-close")).length).toBe(20);
    const benchmark = (directory: string): string | null =>
      csvMarketData(sharedPath("market", directory)).benchmark;
    expect(["daily", "crash-2019-2020", "daily-raw"].map(benchmark)).toEqual(["SPY", "SP500", null]);
  });

  it("reads daily bars as they stand in the file", async () => {
    const { bars } = await read("market/daily", "AAPL");
    expect(closeOn(bars, "2025-02-18")).toBe(cell("market/daily/AAPL.csv", "2025-02-18", 4));
    expect(at(bars.open, indexOf(bars, "2025-02-18"))).toBe(cell("market/daily/AAPL.csv", "2025-02-18", 1));
    expect(last(bars.close)).toBeCloseTo(231.59, 5);
    expect(new Date(last(bars.closeTime)).toISOString()).toBe("2025-08-15T20:00:00.000Z");
    expect([bars.calendar, bars.rawKnown]).toEqual(["XNYS", false]);
  });

  it("does not apply NVDA's split of 2024 to prices that have it already", async () => {
    for (const directory of ["market/daily", "market/hourly"]) {
      const { bars } = await read(directory, "NVDA");
      const day = indexOf(bars, "2024-06-10");
      expect(Math.abs(at(bars.close, day) / at(bars.close, day - 1) - 1)).toBeLessThan(0.03);
      expect(at(bars.factor, 0)).toBe(1);
    }
  });

  it("says nothing of NVDA's split of 2024 before its day", async () => {
    const source = csvMarketData(sharedPath("market", "daily"));
    const said = async (until: string): Promise<string> =>
      JSON.stringify((await source.series("NVDA", Date.parse(until))).findings);
    expect(await said("2024-06-10T20:00:00Z")).toContain("Split of 10 for 1");
    expect(await said("2024-06-10T19:59:59Z")).not.toMatch(/10 for 1|2024/);
  });

  it("brings NVDA's hourly volume before the split to the shares of today, and says so", async () => {
    const series = await read("market/hourly", "NVDA");
    const first = cell("market/hourly/NVDA.csv", "2022-09-19 09:30", 5);
    expect(at(series.bars.volume, 0)).toBe(10 * first);
    expect(last(series.bars.volume)).toBe(cell("market/hourly/NVDA.csv", "2025-08-15 15:30", 5));
    expect(severities(series, "layout")).toContain("repaired");
  });

  it("adjusts raw bars by the adjusted close, with raw prices and shares kept", async () => {
    const { bars } = await read("market/daily-raw", "NVDA");
    const [before, after] = [indexOf(bars, "2024-06-07"), indexOf(bars, "2024-06-10")];
    const raw = (i: number): number => at(bars.close, i) / at(bars.factor, i);
    expect(bars.rawKnown).toBe(true);
    expect(raw(before)).toBeCloseTo(cell("market/daily-raw/NVDA.csv", "2024-06-07", 4), 9);
    expect(raw(after)).toBeCloseTo(cell("market/daily-raw/NVDA.csv", "2024-06-10", 4), 9);
    expect(at(bars.volume, before)).toBe(10 * cell("market/daily-raw/NVDA.csv", "2024-06-07", 6));
    expect(at(bars.volume, after)).toBe(cell("market/daily-raw/NVDA.csv", "2024-06-10", 6));
  });

  it.each(["AAPL", "GOOGL", "MSFT", "NVDA"])(
    "%s: adjusted returns are a share's total returns",
    async (symbol) => {
      const { bars } = await read("market/daily-raw", symbol);
      const rows = readShared("market", "daily-raw", `${symbol}.csv`).trim().split("\n").slice(1);
      const cells = rows.map((row) => row.split(",").map(Number));
      expect(cells.length).toBe(bars.length);
      for (let t = 1; t < bars.length; t++) {
        const [close = NaN, paid = NaN, split = NaN] = [cells[t]?.[4], cells[t]?.[7], cells[t]?.[8]];
        const held = (close * split + paid) / (cells[t - 1]?.[4] ?? NaN);
        expect(Math.abs(at(bars.close, t) / at(bars.close, t - 1) / held - 1)).toBeLessThan(1e-12);
      }
    },
  );

  it.each([
    // Exact by the files' own definition of the adjusted close.
    ["market/daily-raw", "AAPL", 1e-9],
    ["market/daily-raw", "NVDA", 1e-9],
    ["market/daily-raw", "GOOGL", 1e-9],
    // Factors with seven decimals; Lean and Yahoo take a dividend from the close before, which leaves out its
    // product with that day's return.
    ["market/lean-raw", "AAPL", 2e-4],
    ["market/lean-raw", "IBM", 4e-4],
    ["market", "SPY-1993-2020", 4e-4],
  ])("%s: actions and raw prices of %s give the adjusted closes", async (directory, symbol, tolerance) => {
    const { bars } = await read(directory, symbol);
    const actions = new Map(bars.actions.map((action) => [action.time, action]));
    const raw = (i: number): number => at(bars.close, i) / at(bars.factor, i);
    let booked = 0;
    for (let t = 1; t < bars.length; t++) {
      const action = actions.get(at(bars.time, t));
      if (action !== undefined) booked += 1;
      const { split = 1, dividend = 0 } = action ?? {};
      const held = (split * (raw(t) + dividend)) / raw(t - 1);
      const limit = action === undefined ? Math.max(1e-9, tolerance / 100) : tolerance;
      expect(Math.abs(at(bars.close, t) / at(bars.close, t - 1) / held - 1)).toBeLessThan(limit);
    }
    expect(booked).toBe(bars.actions.length);
  });

  it("finds Apple's and SPY's actions as published", async () => {
    const dated = ({ actions }: Bars): Map<string, readonly number[]> =>
      new Map(actions.map(({ time, split, dividend }) => [xnys.dateOf(time), [split, dividend]]));
    const { bars } = await read("market/lean-raw", "AAPL");
    const apple = dated(bars);
    for (const [date, split] of [
      ["2000-06-21", 2],
      ["2005-02-28", 2],
      ["2014-06-09", 7],
      ["2020-08-31", 4],
    ] as const) {
      expect(apple.get(date)).toEqual([split, 0]);
    }
    const published = JSON.parse(readShared("market", "corporate-actions", "AAPL.dividends.json")) as {
      ex_dividend_date: string;
      cash_amount: number;
    }[];
    const known = published.filter((one) => one.ex_dividend_date < "2021-03-31");
    expect(known.length).toBeGreaterThan(30);
    for (const { ex_dividend_date: date, cash_amount: paid } of known) {
      expect(apple.get(date)?.[1]).toBeCloseTo(paid, 3);
    }
    // State Street's distributions of SPY; the file has an adjusted close and no dividends.
    const spy = dated((await read("market", "SPY-1993-2020")).bars);
    expect(spy.get("2019-12-20")?.[1]).toBeCloseTo(1.57, 3);
    expect(spy.get("2020-03-20")?.[1]).toBeCloseTo(1.406, 3);
    expect((await read("market/daily", "AAPL")).bars.actions).toEqual([]);
  });

  it("agrees with another vendor's adjusted returns to 1e-4 a day on 597 common days", async () => {
    const [raw, daily] = [await read("market/daily-raw", "AAPL"), await read("market/daily", "AAPL")];
    let common = 0;
    for (let i = 1; i < daily.bars.length; i++) {
      const k = raw.bars.time.indexOf(at(daily.bars.time, i));
      if (k < 1) continue;
      common += 1;
      const [a, b] = [raw.bars, daily.bars].map((bars, n) => {
        const at0 = n === 0 ? k : i;
        return at(bars.close, at0) / at(bars.close, at0 - 1);
      });
      expect(Math.abs((a ?? NaN) - (b ?? NaN))).toBeLessThan(1e-4);
    }
    expect(common).toBeGreaterThanOrEqual(590);
  });

  it("has the drawdowns of March 2020 as published with the files", async () => {
    const sp500 = (await read("market/crash-2019-2020", "SP500")).bars;
    expect(closeOn(sp500, "2020-03-23") / closeOn(sp500, "2020-02-19") - 1).toBeCloseTo(-0.33925, 5);
    expect(maxDrawdown(sp500)).toBeCloseTo(-0.33925, 5);
    expect(maxDrawdown((await read("market/crash-2019-2020", "APPLE")).bars)).toBeCloseTo(-0.3143, 4);
    const spy = (await read("market", "SPY-1993-2020")).bars;
    const [top, bottom] = [indexOf(spy, "2020-02-19"), indexOf(spy, "2020-03-23")];
    const raw = (i: number): number => at(spy.close, i) / at(spy.factor, i);
    expect(at(spy.close, bottom) / at(spy.close, top) - 1).toBeCloseTo(-0.3372, 4);
    expect(raw(bottom) / raw(top) - 1).toBeCloseTo(-0.341, 4);
    expect(maxDrawdown(spy)).toBeCloseTo(-0.5519, 4);
    for (const [symbol, fall] of [
      ["NVDA", -0.324],
      ["JPM", -0.425],
      ["AMZN", -0.123],
    ] as const) {
      const { bars } = await read("market/close-adjusted-2015-2025", symbol);
      expect(closeOn(bars, "2020-03-23") / closeOn(bars, "2020-02-19") - 1).toBeCloseTo(fall, 3);
    }
  });

  it("applies Lean's factor files: Apple equals Yahoo's adjusted close to 5e-5, but for one close", async () => {
    const lean = (await read("market/lean-raw", "aapl")).bars;
    const yahoo = (await read("market/crash-2019-2020", "APPLE")).bars;
    expect([lean.adjustment, lean.rawKnown]).toEqual(["splits-and-dividends", true]);
    const start = lean.time.indexOf(at(yahoo.time, 0));
    // Yahoo's file ends before the dividend of February 2021, so that prices differ by its one constant factor.
    const scale = at(lean.close, start + yahoo.length - 1) / last(yahoo.close);
    expect(scale).toBeCloseTo(0.9985079, 7);
    const apart: string[] = [];
    for (let i = 0; i < yahoo.length; i++) {
      expect(at(lean.time, start + i)).toBe(at(yahoo.time, i));
      const difference = Math.abs(at(lean.close, start + i) / scale / at(yahoo.close, i) - 1);
      expect(difference).toBeLessThan(7.5e-4);
      if (difference > 5e-5) apart.push(xnys.dateOf(at(yahoo.time, i)));
    }
    // The two vendors print another close on that day.
    expect(apart).toEqual(["2020-07-09"]);
    expect(last(lean.close)).toBeCloseTo(122.15, 10);
    expect(at(lean.close, 0) / at(lean.factor, 0)).toBeCloseTo(16.25, 10);
  });

  it("refuses QQQ across the years in which it was QQQQ, but reads it up to there", async () => {
    await expect(read("market/lean-raw", "QQQ")).rejects.toMatchObject({
      code: "DATA_INVALID",
      message: expect.stringContaining("it was QQQQ until 2011-03-22") as unknown,
      details: { kind: "symbol-change", date: "2011-03-23" },
    });
    const source = csvMarketData(sharedPath("market", "lean-raw"));
    const { bars } = await source.series("QQQ", Date.parse("2005-01-01T00:00:00Z"));
    expect(xnys.dateOf(last(bars.time))).toBe("2004-11-30");
  });

  it("refuses bitcoin dates that a clock change shifted, naming every line", async () => {
    await expect(read("btc", "bitcoin_daily_2019_2020")).rejects.toMatchObject({
      code: "DATA_INVALID",
      message: expect.stringContaining(
        "2019-03-31 (lines 91 and 92), 2020-03-29 (lines 455 and 456)",
      ) as unknown,
    });
  });

  it("refuses monthly bars", async () => {
    await expect(read("known-results/backtesting_py", "BTCUSD")).rejects.toMatchObject({
      code: "DATA_INVALID",
      message: expect.stringContaining("a month or more apart") as unknown,
    });
  });

  it("counts what is missing: 12 days of Coinbase, 7 half-day hours, none of the hours of 2020 to 2022", async () => {
    const missing = async (directory: string, symbol: string): Promise<number> =>
      (await read(directory, symbol)).findings.find((finding) => finding.kind === "missing-bar")?.count ?? 0;
    expect(await missing("btc", "Coinbase_BTCUSD_d_2014_2019")).toBe(12);
    expect(await missing("market/hourly", "SPY")).toBe(7);
    expect(await missing("btc", "BTC_USD-Hourly_2020_2022")).toBe(0);
    expect(await missing("btc", "BTC-EUR_1d_2023_2025-08")).toBe(0);
    expect(await missing("market/lean-raw", "IBM")).toBe(0);
  });

  it("counts zero volumes as the files have them", async () => {
    const zeros = async (symbol: string): Promise<number | undefined> =>
      (await read("btc", symbol)).findings.find((finding) => finding.kind === "zero-volume")?.count;
    expect(await zeros("Coinbase_BTCUSD_d_2014_2019")).toBe(38);
    expect(await zeros("BTC_USD-Hourly_2020_2022")).toBe(5);
  });

  it("takes bitcoins, not dollars, as the volume, also where the file exchanges them", async () => {
    const { bars } = await read("btc", "BTC_USD-Hourly_2020_2022");
    expect(at(bars.volume, 0)).toBe(55.18);
    expect(last(bars.volume)).toBe(52.05632);
    expect(last((await read("btc", "Coinbase_BTCUSD_d_2014_2019")).bars.volume)).toBe(1570.08);
  });

  it("reads crypto around the clock and newest-first files oldest first", async () => {
    const { bars } = await read("btc", "BTC_USD-Hourly_2020_2022");
    expect(bars.calendar).toBe("24/7");
    expect(new Date(at(bars.time, 0)).toISOString()).toBe("2020-01-01T00:00:00.000Z");
    expect(new Date(last(bars.closeTime)).toISOString()).toBe("2022-03-01T01:00:00.000Z");
    expect(severities(await read("btc", "BTC_USD-Hourly_2020_2022"), "unsorted-rows")).toEqual(["note"]);
  });
});

if (hasSharedData) {
  marketDataContract("csv, real daily bars", () => csvMarketData(sharedPath("market", "daily")), "NVDA");
  marketDataContract("csv, real hourly bars", () => csvMarketData(sharedPath("market", "hourly")), "NVDA");
  marketDataContract("csv, Lean", () => csvMarketData(sharedPath("market", "lean-raw")), "IBM");
}
