import { parse } from "csv-parse/sync";
import { describe, expect, it } from "vitest";
import { csvMarketData } from "../../adapters/csv/csv-market-data.ts";
import { marketDataContract } from "../../../tests/contract/market-data.ts";
import { hasSharedData, readShared, sharedPath } from "../../../tests/support/shared-data.ts";
import { FinAgentError } from "../errors.ts";
import { barsContent } from "./bars.ts";
import { last } from "./column.ts";
import { type DailyRow, dailySeries } from "./daily-series.ts";
import { contentHash } from "../hash.ts";
import type { MarketData } from "../ports.ts";

const row = (date: string, close: number): DailyRow => ({
  date,
  open: close,
  high: close,
  low: close,
  close,
});

/** Wednesday to Friday, with the half day after Thanksgiving 2024. */
const ROWS = [row("2024-11-29", 12), row("2024-11-26", 10), row("2024-11-27", 11)];

const source: MarketData = {
  source: "rows",
  simulated: false,
  benchmark: null,
  list: async () => [{ symbol: "ACME", name: null, kind: "stock" }],
  latest: async ([symbol = ""]) => last((await source.series(symbol, Infinity)).bars.closeTime),
  series: async (symbol, until) => {
    if (symbol === "ACME") return dailySeries(symbol, ROWS, until);
    throw new FinAgentError("UNKNOWN_SYMBOL", `${symbol} is not here.`, { hint: "It has ACME." });
  },
};

marketDataContract("daily rows of one's own", () => source, "ACME");

describe("daily rows", () => {
  it("are sorted and stamped with the sessions of their dates", () => {
    const { bars } = dailySeries("ACME", ROWS, Infinity);
    const iso = (column: Float64Array): string[] =>
      Array.from(column, (time) => new Date(time).toISOString());
    expect([...bars.close]).toEqual([10, 11, 12]);
    expect(iso(bars.time)).toEqual(["26", "27", "29"].map((day) => `2024-11-${day}T14:30:00.000Z`));
    expect(iso(bars.closeTime)).toEqual(["26T21", "27T21", "29T18"].map((at) => `2024-11-${at}:00:00.000Z`));
    expect([...bars.volume]).toEqual([0, 0, 0]);
  });

  it("are raw only where they are said to be", () => {
    expect(dailySeries("ACME", ROWS, Infinity).bars).toMatchObject({
      adjustment: "unknown",
      rawKnown: false,
    });
    const raw = dailySeries("ACME", ROWS, Infinity, { adjustment: "none" }).bars;
    expect(raw).toMatchObject({ adjustment: "none", rawKnown: true });
  });

  it("trade every day around the clock where the calendar does", () => {
    const weekend = [row("2024-11-30", 1), row("2024-12-01", 2)];
    expect(dailySeries("BTC", weekend, Infinity, { calendar: "24/7" }).bars.length).toBe(2);
    const { bars, findings } = dailySeries("ACME", [...ROWS, ...weekend], Infinity);
    expect(bars.length).toBe(3);
    expect(findings).toMatchObject([
      { kind: "unsorted-rows" },
      { kind: "not-a-session", date: "2024-11-30", count: 2 },
    ]);
  });

  it.each<[string, readonly DailyRow[], RegExp]>([
    ["no date", [row("29.11.2024", 1)], /ACME: "29\.11\.2024" is not a date/],
    ["a date that does not exist", [row("2024-11-31", 1)], /ACME: "2024-11-31" is not a date/],
    ["a price that is no number", [row("2024-11-29", NaN)], /ACME.*2024-11-29/],
    ["a negative price", [row("2024-11-29", -1)], /ACME.*2024-11-29/],
    ["a day twice with other prices", [row("2024-11-29", 1), row("2024-11-29", 2)], /ACME.*2024-11-29/],
  ])("are refused with %s", (_, rows, message) => {
    const failing = (): unknown => dailySeries("ACME", rows, Infinity);
    expect(failing).toThrow(
      expect.objectContaining({ code: "DATA_INVALID", message: expect.stringMatching(message) as string }),
    );
  });

  it.skipIf(!hasSharedData)("give the bars that the file of the same rows gives", async () => {
    const until = Date.parse("2025-03-01");
    const records = parse<Record<string, string>>(readShared("market", "daily", "JPM.csv"), {
      columns: true,
    });
    const rows = records.map((record): DailyRow => {
      const field = (name: string): string =>
        Object.entries(record).find(([key]) => key.toLowerCase() === name)?.[1] ?? "";
      const number = (name: string): number => Number(field(name));
      return {
        date: field("date").slice(0, 10),
        open: number("open"),
        high: number("high"),
        low: number("low"),
        close: number("close"),
        volume: number("volume"),
      };
    });
    const { bars } = await csvMarketData(sharedPath("market", "daily")).series("JPM", until);
    const own = dailySeries("JPM", rows, until, { adjustment: bars.adjustment }).bars;
    expect(bars.length).toBeGreaterThan(500);
    expect(contentHash(barsContent(own))).toBe(contentHash(barsContent(bars)));
  });
});
