import { mkdirSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { sma } from "../../src/domain/indicators/sma.ts";
import type { Bars } from "../../src/domain/market/bars.ts";
import { requirePeer } from "./install-peers.ts";

interface Framework {
  run(params: {
    strategyName: string;
    rootPath: string;
    historicalData: readonly string[];
    supportHistoricalData: readonly string[];
    startingAmount: number;
    startTime: number;
    endTime: number;
    percentFee: number;
    percentSlippage: number;
    params: Readonly<Record<string, never>>;
  }): Promise<{ readonly allOrders: readonly unknown[] }>;
}

const MODULES = fileURLToPath(new URL("../node_modules/", import.meta.url));
const RUNNER = "@backtest/framework/dist/src/helpers/run-strategy.js";

/** In place of its database: hands over the candles that it would have read. */
const STORE = `exports.PrismaClient = class {
  metaCandle = { findMany: async () => [globalThis.benchCandles] };
};
`;

/** A strategy that knows its crossings already, so that only the framework is timed. */
const STRATEGY = `exports.runStrategy = async ({ currentCandle, buy, sell }) => {
  const crossed = globalThis.benchCrossed[currentCandle.index];
  if (crossed > 0) await buy();
  else if (crossed < 0) await sell();
};
`;

/**
 * @backtest/framework 1.1.18 on the same crossovers with the same commission; it fills at the close that made
 * the signal. Its candles come from memory instead of its database; reading them is in its time.
 */
export function frameworkRun(bars: Bars, fast: number, slow: number): () => Promise<number> {
  mkdirSync(`${MODULES}.prisma/client`, { recursive: true });
  writeFileSync(`${MODULES}.prisma/client/default.js`, STORE);
  mkdirSync(`${MODULES}.strategies`, { recursive: true });
  writeFileSync(`${MODULES}.strategies/package.json`, '{"type":"commonjs"}');
  writeFileSync(`${MODULES}.strategies/crossed.js`, STRATEGY);
  const quick = sma(bars.close, fast);
  const calm = sma(bars.close, slow);
  const crossed = new Int8Array(bars.length);
  for (let i = 1; i < bars.length; i += 1) {
    const before = (quick[i - 1] ?? NaN) - (calm[i - 1] ?? NaN);
    const now = (quick[i] ?? NaN) - (calm[i] ?? NaN);
    crossed[i] = before < 0 && now > 0 ? 1 : before > 0 && now < 0 ? -1 : 0;
  }
  const candles = Array.from(bars.close, (close, index) => ({
    index,
    openTime: bars.time[index],
    closeTime: bars.closeTime[index],
    open: bars.open[index],
    high: bars.high[index],
    low: bars.low[index],
    close,
    volume: bars.volume[index],
  }));
  Object.assign(globalThis, {
    benchCrossed: crossed,
    benchCandles: { symbol: "SIM", interval: "1d", candles },
  });
  const { run } = requirePeer(RUNNER) as Framework;
  return async () => {
    const { allOrders } = await run({
      strategyName: "crossed",
      rootPath: `${MODULES}.strategies`,
      historicalData: ["bench"],
      supportHistoricalData: [],
      startingAmount: 100_000,
      startTime: 0,
      endTime: Number.MAX_SAFE_INTEGER,
      percentFee: 0.1,
      percentSlippage: 0,
      params: {},
    });
    return allOrders.length;
  };
}
