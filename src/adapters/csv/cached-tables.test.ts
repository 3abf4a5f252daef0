import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { HEADER, goodRows, withCell } from "../../../tests/support/price-folders.ts";
import { hasSharedData, sharedPath } from "../../../tests/support/shared-data.ts";
import type { MarketData, SymbolSeries } from "../../domain/ports.ts";
import { ColumnCache } from "../columnar/column-cache.ts";
import { csvMarketData } from "./csv-market-data.ts";

let folder: string;
let columns: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "finagent-cached-"));
  columns = join(folder, "cache");
  later(60_000);
});

afterEach(() => {
  vi.useRealTimers();
  rmSync(folder, { recursive: true, force: true });
});

/** Lets the clock run on, so that files are old enough for their times to tell their state. */
function later(ms: number): void {
  vi.useFakeTimers({ toFake: ["Date"], now: Date.now() + ms });
}

function write(rows: readonly string[]): void {
  writeFileSync(join(folder, "TEST.csv"), `${[HEADER, ...rows].join("\n")}\n`);
}

/** A source as a new process has it. */
function open(directory = folder): MarketData {
  return csvMarketData(directory, { cache: new ColumnCache(columns) });
}

async function readBy(
  market: MarketData,
  symbol = "TEST",
): Promise<{ series: SymbolSeries; fromCache: number }> {
  const series = await market.series(symbol, Infinity);
  return { series, fromCache: market.cached?.().fromCache ?? NaN };
}

describe("a price file that was read before", () => {
  it("is read from the cache, with the same bars and findings", async () => {
    write(withCell(5, "volume", "0"));
    const plain = await csvMarketData(folder).series("TEST", Infinity);
    const [first, second] = [await readBy(open()), await readBy(open())];
    expect([first.fromCache, second.fromCache]).toEqual([0, 1]);
    expect(first.series).toEqual(plain);
    expect(second.series).toEqual(plain);
  });

  it("is read anew where it changed, even to the same size", async () => {
    write(goodRows());
    await readBy(open());
    write(withCell(2, "volume", "1000009"));
    const { series, fromCache } = await readBy(open());
    expect([series.bars.volume[0], fromCache]).toEqual([1_000_009, 0]);
    expect((await readBy(open())).series).toEqual(series);
  });

  it("is not kept while it is so fresh that a change would leave no trace", async () => {
    vi.useRealTimers();
    write(goodRows());
    await readBy(open());
    expect((await readBy(open())).fromCache).toBe(0);
    later(3000);
    await readBy(open());
    expect((await readBy(open())).fromCache).toBe(1);
  });

  it("is refused from the cache as from the file, with file, line and text", async () => {
    write(withCell(9, "close", "n/a"));
    const refusals = [];
    for (const market of [open(), open()]) {
      refusals.push(await market.series("TEST", Infinity).catch((error: unknown) => String(error)));
      expect(market.cached?.().files).toBe(1);
    }
    expect(refusals[0]).toContain(`TEST.csv line 9 (2024-01-11): "n/a" in column "close" is no number`);
    expect(refusals[1]).toBe(refusals[0]);
  });

  it("is read anew where the cache is damaged or cannot be written", async () => {
    write(goodRows());
    const { series } = await readBy(open());
    for (const name of readdirSync(columns)) writeFileSync(join(columns, name), "nonsense");
    expect((await readBy(open())).series).toEqual(series);
    rmSync(columns, { recursive: true });
    writeFileSync(columns, "a file is in the way");
    const market = open();
    expect((await readBy(market)).series).toEqual(series);
    expect(market.cached?.().fault).not.toBeNull();
  });
});

describe.skipIf(!hasSharedData)("real files", () => {
  it.each([
    ["market/daily-raw", "NVDA"],
    ["market/hourly", "NVDA"],
    ["market/lean-raw", "AAPL"],
    ["market/sp500-20stocks-close", "XOM"],
    ["btc", "BTC_USD-Hourly_2020_2022"],
  ])("%s: %s is the same from the cache", async (directory, symbol) => {
    const path = sharedPath(...directory.split("/"));
    const [first, second] = [await readBy(open(path), symbol), await readBy(open(path), symbol)];
    expect([first.fromCache, second.fromCache]).toEqual([0, 1]);
    expect(second.series).toEqual(first.series);
    expect(first.series).toEqual(await csvMarketData(path).series(symbol, Infinity));
  });
});
