import { beforeAll, describe, expect, it } from "vitest";
import { simulatedMarketData } from "../src/adapters/simulated/simulated-market-data.ts";
import type { Bars } from "../src/domain/market/bars.ts";
import type { DataReport } from "../src/domain/market/data-set.ts";
import type { Finding } from "../src/domain/market/finding.ts";
import type { MarketData } from "../src/domain/ports.ts";
import { createRuntime } from "../src/runtime.ts";
import { fetchMarketDataTool } from "../src/tools/fetch-market-data.ts";
import { corruptAfter, marketOf } from "./support/panel-market.ts";
import { testConfig } from "./support/test-config.ts";

const SYMBOLS = ["AAPL", "MSFT"];
const INDEX = "SIM500";
const WINDOW = { from: "2024-07-01", to: "2024-12-31" };
/** The close in New York on the window's last day. */
const END = Date.parse("2024-12-31T21:00:00Z");
const WEEK = 7 * 86_400_000;

describe("a data set", () => {
  let bars: Bars[];

  beforeAll(async () => {
    const source = simulatedMarketData({ seed: 3, clock: { now: () => Date.parse("2025-06-30T00:00:00Z") } });
    bars = [];
    for (const symbol of [...SYMBOLS, INDEX]) bars.push((await source.series(symbol, Infinity)).bars);
  });

  const fetch = (market: MarketData, window: object = WINDOW): Promise<DataReport> =>
    createRuntime(testConfig(), { market }).run(fetchMarketDataTool, {
      symbols: SYMBOLS,
      ...window,
    });
  const corrupted = (symbol: string, from: number): MarketData =>
    marketOf(
      bars.map((one) => (one.symbol === symbol ? corruptAfter(one, from) : one)),
      INDEX,
    );

  it("ends with its window: later bars, of the index too, change nothing", async () => {
    const report = await fetch(marketOf(bars, INDEX));
    expect(report).toMatchObject({ asOf: new Date(END).toISOString(), benchmark: INDEX });
    for (const symbol of ["AAPL", INDEX]) expect(await fetch(corrupted(symbol, END))).toEqual(report);
  });

  it("goes by a hash of all that decisions are made from: prices, the index, the window", async () => {
    const reports = await Promise.all([
      fetch(marketOf(bars, INDEX)),
      fetch(corrupted("MSFT", END - WEEK)),
      fetch(corrupted(INDEX, END - WEEK)),
      fetch(marketOf(bars, INDEX), { ...WINDOW, from: "2024-07-02" }),
      fetch(marketOf(bars)),
    ]);
    expect(new Set(reports.map((report) => report.hash)).size).toBe(reports.length);
    expect(new Set(reports.map((report) => report.dataSetId)).size).toBe(reports.length);
  });

  it("has no index where the source's does not trade when the symbols do", async () => {
    const daily = bars.map((one): Bars => (one.symbol === INDEX ? { ...one, calendar: "24/7" } : one));
    expect((await fetch(marketOf(daily, INDEX))).benchmark).toBeNull();
  });

  it("says what the source found wrong with each symbol", async () => {
    const finding: Finding = {
      kind: "missing-bar",
      severity: "note",
      symbol: "",
      file: null,
      line: null,
      date: "2024-08-01",
      count: 1,
      message: "A day is missing.",
    };
    const source = marketOf(bars, INDEX);
    const market: MarketData = {
      ...source,
      series: async (symbol, until) => ({
        ...(await source.series(symbol, until)),
        findings: [{ ...finding, symbol }],
      }),
    };
    expect((await fetch(market)).findings).toEqual(SYMBOLS.map((symbol) => ({ ...finding, symbol })));
  });
});
