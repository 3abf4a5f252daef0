import type { DataSet } from "../../src/domain/market/data-set.ts";
import { createPanel } from "../../src/domain/market/panel.ts";
import { randomFrom } from "../../src/domain/random.ts";
import { plantedDataSet } from "./planted-market.ts";

/** Of a day: how likely a calm market turns rough and a rough one calm. */
const TURNS = { calm: 1 / 100, rough: 1 / 60 };
const DRIFT = { calm: 0.001, rough: -0.004 };
const VOLATILITY = { calm: 0.005, rough: 0.025 };

/**
 * A planted market whose names also rise together in calm months and fall together in rough ones: there is something to
 * find for alpha (a weak reversal), for risk (when to stay out) and for the portfolio (names move by themselves too).
 */
export function roughDataSet(seed: number): DataSet {
  const planted = plantedDataSet(seed, { edge: 0.08 });
  const random = randomFrom(seed).fork("rough market");
  let state: keyof typeof TURNS = "calm";
  let log = 0;
  const level = planted.panel.time.map(() => {
    if (random.uniform() < TURNS[state]) state = state === "calm" ? "rough" : "calm";
    log += DRIFT[state] + VOLATILITY[state] * random.normal();
    return Math.exp(log);
  });
  const times = (prices: Float64Array): Float64Array => prices.map((price, i) => price * (level[i] ?? NaN));
  const bars = planted.panel.bars.map((one) => ({
    ...one,
    open: times(one.open),
    high: times(one.high),
    low: times(one.low),
    close: times(one.close),
  }));
  return { ...planted, id: `rough-${seed}`, panel: createPanel(bars) };
}
