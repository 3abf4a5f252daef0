import { describe, expect, it } from "vitest";
import { layoutOf } from "./layout.ts";

function cells(...lines: string[]): Record<string, number> | undefined {
  const own = layoutOf(lines)?.series.get("");
  return own === undefined ? undefined : { ...own };
}

describe("layouts", () => {
  it.each([
    [
      "Date,Open,High,Low,Close,Adj Close,Volume",
      { open: 1, high: 2, low: 3, close: 4, adjustedClose: 5, volume: 6 },
    ],
    [
      "date,high,low,open,close,volume,adj_close",
      { high: 1, low: 2, open: 3, close: 4, volume: 5, adjustedClose: 6 },
    ],
    [
      "timestamp,open,high,low,close,adjusted_close,volume,dividend_amount,split_coefficient",
      { open: 1, high: 2, low: 3, close: 4, adjustedClose: 5, volume: 6, dividend: 7, split: 8 },
    ],
    [
      "Datetime,Open,High,Low,Close,Volume,Dividends,Stock Splits,Capital Gains",
      { open: 1, high: 2, low: 3, close: 4, volume: 5, dividend: 6, split: 7 },
    ],
    [",Open,High,Low,Close,Volume", { open: 1, high: 2, low: 3, close: 4, volume: 5 }],
    [
      "unix,date,symbol,open,high,low,close,volume,Volume USD",
      { open: 3, high: 4, low: 5, close: 6, volume: 7, quoteVolume: 8 },
    ],
    [
      "date,symbol,open,high,low,close,volume_btc,volume",
      { open: 2, high: 3, low: 4, close: 5, volume: 6, quoteVolume: 7 },
    ],
    ['"1. open","date","2. high","3. low","4. close"', { open: 0, high: 2, low: 3, close: 4 }],
    ["CLOSE;TIME", { close: 0 }],
  ])("knows the header %s", (header, expected) => {
    expect(cells(header)).toEqual(expected);
  });

  it("takes the clearest of several times, and joins a date with its time of day", () => {
    expect(layoutOf(["date,unix,close"])?.time).toBe(1);
    expect(layoutOf(["Date,Time,Close"])).toMatchObject({ time: 0, timeOfDay: 1 });
  });

  it("looks below a comment", () => {
    expect(
      layoutOf(["Created on 10-17-2019,https://example.com", "date,open,high,low,close"])?.headerLines,
    ).toBe(2);
  });

  it("reads three stacked headers, for one ticker and for several", () => {
    expect(cells("Price,close,volume", "Ticker,AMZN,AMZN", "Date,,")).toEqual({ close: 1, volume: 2 });
    const several = layoutOf(["Price,Close,Close,Volume,Volume", "Ticker,AAPL,MSFT,AAPL,MSFT", "Date,,,,"]);
    expect([...(several?.series ?? [])]).toEqual([
      ["AAPL", { close: 1, volume: 3 }],
      ["MSFT", { close: 2, volume: 4 }],
    ]);
  });

  it("reads a column per symbol", () => {
    const layout = layoutOf(["Date,AAPL,BRK.B,^GSPC,BTC-USD", "2024-01-02,1,2,3,4"]);
    expect([...(layout?.series ?? [])].map(([symbol, { close }]) => [symbol, close])).toEqual([
      ["AAPL", 1],
      ["BRK.B", 2],
      ["^GSPC", 3],
      ["BTC-USD", 4],
    ]);
    expect(layoutOf(["Date,AAPL,Comment"])).toBeUndefined();
  });

  it("reads Lean's rows without a header, in whole 1/10000 dollars or in dollars", () => {
    expect(layoutOf(["19980102 00:00,136300,162500,135000,162500,6315000"])?.tenThousandths).toBe(true);
    expect(layoutOf(["20180102 00:00,136.3,162.5,135.0,162.5,6315000"])?.tenThousandths).toBe(false);
  });

  it("is not taken in by other tables", () => {
    for (const header of [
      "Date,Equity,DrawdownPct",
      "Title,Date,CP",
      "Size,EntryBar,ExitBar,EntryPrice",
      "a,b,c",
      "",
    ]) {
      expect(layoutOf([header, "2024-01-02,1,2"])).toBeUndefined();
    }
  });
});
