/** What a column of a price file can hold. */
export type Field =
  | "unix"
  | "datetime"
  | "date"
  | "time"
  | "open"
  | "high"
  | "low"
  | "close"
  | "adjustedClose"
  | "volume"
  | "quoteVolume"
  | "dividend"
  | "split";

const SPELLINGS: Readonly<Record<string, Field>> = {
  unix: "unix",
  unixtime: "unix",
  unixtimestamp: "unix",
  epoch: "unix",
  datetime: "datetime",
  timestamp: "datetime",
  opentime: "datetime",
  date: "date",
  day: "date",
  time: "time",
  open: "open",
  openprice: "open",
  o: "open",
  high: "high",
  highprice: "high",
  h: "high",
  low: "low",
  lowprice: "low",
  l: "low",
  close: "close",
  closeprice: "close",
  closelast: "close",
  c: "close",
  adjclose: "adjustedClose",
  adjustedclose: "adjustedClose",
  closeadjusted: "adjustedClose",
  volume: "volume",
  vol: "volume",
  v: "volume",
  volumeusd: "quoteVolume",
  volumeusdt: "quoteVolume",
  volumeeur: "quoteVolume",
  quotevolume: "quoteVolume",
  dividend: "dividend",
  dividends: "dividend",
  dividendamount: "dividend",
  split: "split",
  splits: "split",
  stocksplits: "split",
  splitcoefficient: "split",
  splitratio: "split",
};

/**
 * The field that a header names, whatever its case, spaces, underscores and leading number ("5. Adjusted Close",
 * "adj_close"); undefined for columns that carry no price data.
 */
export function fieldOf(header: string): Field | undefined {
  return SPELLINGS[plain(header)];
}

/** Volume in units of the base currency, as crypto files name it: "volume_btc", "Volume ETH". */
export function isBaseVolume(header: string): boolean {
  return /^volume[a-z]{3,5}$/.test(plain(header)) && fieldOf(header) === undefined;
}

function plain(header: string): string {
  return header
    .toLowerCase()
    .replaceAll(/[^a-z0-9]/g, "")
    .replace(/^\d+/, "");
}
