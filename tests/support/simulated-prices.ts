import { simulatedMarketData } from "../../src/adapters/simulated/simulated-market-data.ts";
import { at } from "../../src/domain/market/column.ts";
import { csv } from "./price-folders.ts";

/** The last days of a simulated symbol up to 2025-06-30, as a person would keep them in a file. */
export async function simulatedPrices(symbol: string, days: number): Promise<string> {
  const market = simulatedMarketData({ seed: 1, clock: { now: () => Date.parse("2025-06-30") } });
  const { bars } = await market.series(symbol, Infinity);
  const rows = Array.from({ length: days }, (_, i) => {
    const row = bars.length - days + i;
    const date = new Date(at(bars.time, row)).toISOString().slice(0, 10);
    return [
      date,
      ...(["open", "high", "low", "close", "volume"] as const).map((name) => at(bars[name], row)),
    ].join();
  });
  return csv(rows);
}
