import { parse } from "csv-parse/sync";
import type { Bars } from "../../src/domain/market/bars.ts";
import { readShared } from "./shared-data.ts";

/** The session of a bar in New York, near enough for tests that only need an order in time. */
const OPEN = 14.5 * 3_600_000;
const CLOSE = 21 * 3_600_000;
const DAY = 86_400_000;

export interface Prices {
  readonly open: Float64Array;
  readonly close: Float64Array;
  readonly high?: Float64Array;
  readonly low?: Float64Array;
  readonly volume?: Float64Array;
}

/** Daily bars of given prices; `days` are counted from 2000-01-01 and default to 0, 1, 2 … */
export function dailyBars(symbol: string, prices: Prices, days?: readonly number[]): Bars {
  const start = Date.UTC(2000, 0, 1);
  const dates = days ?? Array.from(prices.close, (_, i) => i);
  return barsOn(
    symbol,
    dates.map((day) => start + day * DAY),
    prices,
  );
}

/** Bars of a published CSV file with a date in the first column. */
export function sharedBars(symbol: string, ...path: string[]): Bars {
  const [header = [], ...rows] = parse(readShared(...path));
  const column = (name: string): Float64Array => {
    const index = header.findIndex((one) => one.toLowerCase() === name);
    return Float64Array.from(rows, (row) => Number(row[index]));
  };
  const dates = rows.map((row) => Date.parse((row[0] ?? "").slice(0, 10)));
  return barsOn(symbol, dates, {
    open: column("open"),
    high: column("high"),
    low: column("low"),
    close: column("close"),
    volume: column("volume"),
  });
}

function barsOn(symbol: string, dates: readonly number[], prices: Prices): Bars {
  const { open, close } = prices;
  return {
    symbol,
    interval: "1d",
    calendar: "XNYS",
    adjustment: "splits-and-dividends",
    rawKnown: false,
    length: close.length,
    time: Float64Array.from(dates, (date) => date + OPEN),
    closeTime: Float64Array.from(dates, (date) => date + CLOSE),
    open,
    high: prices.high ?? close.map((price, i) => Math.max(price, open[i] ?? NaN)),
    low: prices.low ?? close.map((price, i) => Math.min(price, open[i] ?? NaN)),
    close,
    volume: prices.volume ?? new Float64Array(close.length).fill(1e6),
    factor: new Float64Array(close.length).fill(1),
    actions: [],
  };
}
