import type { Bars } from "../../src/domain/market/bars.ts";
import { createPanel, type Panel } from "../../src/domain/market/panel.ts";
import { randomFrom } from "../../src/domain/random.ts";
import { dailyBars } from "./daily-bars.ts";

/** Daily bars of a geometric random walk that opens at the close before, 1.5 % a day. */
export function randomBars(symbol: string, seed: number, days: number): Bars {
  const random = randomFrom(seed).fork(symbol);
  const open = new Float64Array(days);
  const high = new Float64Array(days);
  const low = new Float64Array(days);
  const close = new Float64Array(days);
  const volume = new Float64Array(days);
  let price = 100;
  for (let i = 0; i < days; i += 1) {
    open[i] = price;
    price *= 1 + 0.015 * random.normal();
    close[i] = price;
    high[i] = Math.max(open[i] ?? NaN, price) * (1 + 0.005 * random.uniform());
    low[i] = Math.min(open[i] ?? NaN, price) * (1 - 0.005 * random.uniform());
    volume[i] = 1e6 * (0.5 + random.uniform());
  }
  return dailyBars(symbol, { open, high, low, close, volume });
}

export function randomPanel(seed: number, days: number, symbols = 1): Panel {
  return createPanel(Array.from({ length: symbols }, (_, s) => randomBars(`S${s}`, seed, days)));
}
