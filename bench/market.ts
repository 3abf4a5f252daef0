import type { Bars } from "../src/domain/market/bars.ts";
import { createPanel, type Panel } from "../src/domain/market/panel.ts";
import { randomFrom } from "../src/domain/random.ts";

const DAY_MS = 86_400_000;
/** Of the drift, in volatilities. */
const TREND = 2;
const FIRST = Date.UTC(1970, 0, 1);

/**
 * Bars of a seeded random walk about 100 whose drift comes and goes over some 50 bars, so strong that following
 * it about pays its costs: an account that trades a million times neither dies nor grows beyond all numbers. One
 * bar a day on a calendar without holidays. Simulated.
 */
export function walkBars(symbol: string, rows: number, seed: number, dailyVolatility = 0.01): Bars {
  const random = randomFrom(seed).fork(symbol);
  const time = new Float64Array(rows);
  const closeTime = new Float64Array(rows);
  const open = new Float64Array(rows);
  const high = new Float64Array(rows);
  const low = new Float64Array(rows);
  const close = new Float64Array(rows);
  const volume = new Float64Array(rows);
  let price = 100;
  let drift = 0;
  for (let i = 0; i < rows; i += 1) {
    time[i] = FIRST + i * DAY_MS;
    closeTime[i] = FIRST + (i + 1) * DAY_MS - 1;
    open[i] = price * (1 + 0.2 * dailyVolatility * (random.uniform() - 0.5));
    // The sum of uniforms is normal enough for a benchmark; a walk pulled towards 100 never leaves the scale.
    const step = random.uniform() + random.uniform() + random.uniform() - 1.5;
    drift += 0.02 * (TREND * (random.uniform() - 0.5) - drift);
    const next = price * (1 + dailyVolatility * (2 * step + drift) - 0.001 * dailyVolatility * (price - 100));
    close[i] = next;
    high[i] = Math.max(open[i] ?? NaN, next) * (1 + 0.5 * dailyVolatility * random.uniform());
    low[i] = Math.min(open[i] ?? NaN, next) * (1 - 0.5 * dailyVolatility * random.uniform());
    volume[i] = 1e6 * (0.5 + random.uniform());
    price = next;
  }
  return {
    symbol,
    interval: "1d",
    calendar: "24/7",
    adjustment: "splits-and-dividends",
    rawKnown: true,
    length: rows,
    time,
    closeTime,
    open,
    high,
    low,
    close,
    volume,
    factor: new Float64Array(rows).fill(1),
    actions: [],
  };
}

/** A panel of many such symbols, all with the same rows. */
export function walkPanel(symbols: number, rows: number, seed: number): Panel {
  return createPanel(
    Array.from({ length: symbols }, (_, s) => walkBars(`S${String(s).padStart(4, "0")}`, rows, seed)),
  );
}
