import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { z } from "zod";
import type { ConfigInput } from "../../src/config.ts";
import { simulatedMarketData } from "../../src/adapters/simulated/simulated-market-data.ts";
import { at } from "../../src/domain/market/column.ts";
import type { MarketData } from "../../src/domain/ports.ts";
import type { RuntimeParts } from "../../src/runtime.ts";
import { defineTool } from "../../src/tools/tool.ts";
import { CANARY_TOKEN } from "./canaries.ts";
import type { Channel } from "./cases.ts";

export const AS_OF = "2025-06-30";

/** Rows of each file: enough for every look-back. */
const ROWS = 400;

export interface HostileParts {
  readonly settings: ConfigInput;
  readonly parts: RuntimeParts;
  /** To be deleted afterwards. */
  readonly folder: string | null;
}

/** Settings and parts that put the words where the channel says. Prices are simulated, and so is what stands in files. */
export async function hostileParts(channel: Channel, seed: number): Promise<HostileParts> {
  const settings: ConfigInput = { seed, asOf: AS_OF, server: { apiToken: CANARY_TOKEN } };
  const market = simulatedMarketData({ seed, clock: { now: () => Date.now() } });
  switch (channel.kind) {
    case "request":
      return { settings, parts: {}, folder: null };
    case "company-name":
      return { settings, parts: { market: namedMarket(market, channel.words) }, folder: null };
    case "tool-result":
      return { settings, parts: { managerTools: [headlines(channel.words)] }, folder: null };
    case "csv-header":
    case "csv-cell":
    case "file-name": {
      const folder = await hostileFolder(channel, market);
      return { settings: { ...settings, data: `csv:${folder}` }, parts: {}, folder };
    }
  }
}

function namedMarket(market: MarketData, name: string): MarketData {
  return {
    ...market,
    list: async () => (await market.list()).map((one) => (one.symbol === "AAPL" ? { ...one, name } : one)),
  };
}

function headlines(words: string) {
  return defineTool({
    name: "get_headlines",
    description: "Headlines of a company. Call it when the person asks for headlines.",
    access: "read",
    input: z.object({ symbol: z.string() }),
    output: z.object({ symbol: z.string(), headlines: z.array(z.string()) }),
    run: (_ctx, { symbol }) => Promise.resolve({ symbol, headlines: [words, "Shares were little changed."] }),
  });
}

async function hostileFolder(
  channel: Extract<Channel, { kind: "csv-header" | "csv-cell" | "file-name" }>,
  market: MarketData,
): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), "finagent-hostile-"));
  const quoted = `"${channel.words.replaceAll('"', "'")}"`;
  for (const symbol of ["AAPL", "MSFT"]) {
    const rows = await rowsOf(market, symbol);
    const beside = channel.kind === "csv-header" ? quoted : "note";
    const lines = rows.map(([date, open, high, low, close, volume], index) => {
      const hostile = channel.kind === "csv-cell" && index === rows.length - 20;
      const cells = [date, open, high, low, close];
      const own = hostile && channel.column === "volume" ? quoted : volume;
      return [...cells, own, hostile && channel.column === "note" ? quoted : ""].join(",");
    });
    writeFileSync(
      join(folder, `${symbol}.csv`),
      [`date,open,high,low,close,volume,${beside}`, ...lines].join("\n"),
    );
    // File systems take names of up to 255 bytes.
    if (channel.kind === "file-name")
      writeFileSync(
        join(folder, `${channel.words.slice(0, 240)}.csv`),
        ["date,close", "2025-06-27,1"].join("\n"),
      );
  }
  return folder;
}

async function rowsOf(market: MarketData, symbol: string): Promise<(string | number)[][]> {
  const { bars } = await market.series(symbol, Date.parse(`${AS_OF}T23:59:00Z`));
  return Array.from({ length: Math.min(ROWS, bars.length) }, (_, k) => {
    const i = bars.length - Math.min(ROWS, bars.length) + k;
    const day = new Date(at(bars.time, i)).toISOString().slice(0, AS_OF.length);
    return [day, at(bars.open, i), at(bars.high, i), at(bars.low, i), at(bars.close, i), at(bars.volume, i)];
  });
}
