import type { DailyRow } from "../../src/domain/market/daily-series.ts";
import { hasSharedData, readShared, sharedPath } from "../../tests/support/shared-data.ts";
import { readTable } from "./read-table.ts";

/**
 * Real prices, where they lie beside the checkout: they are read there and not part of the project. Whoever uses them says what
 * is not run without them.
 */
export const hasRealData = hasSharedData;

/** The folder of a source: `csv:` and this. */
export function realFolder(...parts: string[]): string {
  return sharedPath("market", ...parts);
}

/**
 * Daily rows of a file with a head line, its columns in any order and case; dates may have a time behind them. Where there is an
 * adjusted close, all prices are adjusted by it.
 */
export function realRows(...parts: string[]): DailyRow[] {
  return readTable(readShared("market", ...parts)).map((row) => {
    const price = (name: string): number => Number(row[name]);
    const adjusted = ["adj close", "adj_close", "adjusted_close"].find((name) => name in row);
    const scale = adjusted === undefined ? 1 : price(adjusted) / price("close");
    return {
      date: (row["date"] ?? "").slice(0, "2020-01-01".length),
      open: price("open") * scale,
      high: price("high") * scale,
      low: price("low") * scale,
      close: price("close") * scale,
      volume: Number(row["volume"] ?? 0),
    };
  });
}
