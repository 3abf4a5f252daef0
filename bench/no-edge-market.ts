import type { Bars } from "../src/domain/market/bars.ts";
import { last } from "../src/domain/market/column.ts";
import type { DataSet } from "../src/domain/market/data-set.ts";
import { createPanel } from "../src/domain/market/panel.ts";
import { xnys } from "../src/domain/market/xnys.ts";
import { type Random, randomFrom } from "../src/domain/random.ts";

const FROM = "2019-06-03";
/** The window of an optimisation; what lies before is history. */
const WINDOW_FROM = "2020-06-01";
const TO = "2025-05-30";
const SYMBOLS = 6;
const DAILY_VOLATILITY = 0.012;
/** Of the variance of a name, the part that all names share. */
const COMMON = 0.4;
/** Volatility is persistent: its logarithm follows an autoregression with this memory and these shocks. */
const MEMORY = 0.97;
const SHOCK = 0.08;
/** Degrees of freedom of the returns' t distribution. */
const TAILS = 5;

/**
 * Six names, five years after one of history: geometric random walks with a common factor, fat tails and clusters of
 * volatility. Every name's expected return is 0 at all times, so no policy is better than another but by its
 * costs. Simulated.
 */
export function noEdgeDataSet(seed: number): DataSet {
  const sessions = xnys.sessions(FROM, TO);
  const time = Float64Array.from(sessions, ({ open }) => open);
  const closeTime = Float64Array.from(sessions, ({ close }) => close);
  const random = randomFrom(seed).fork("no edge");
  const common = noise(time.length, random.fork("common"));
  const bars = Array.from({ length: SYMBOLS }, (_, s): Bars => {
    const symbol = `N${s + 1}`;
    const own = noise(time.length, random.fork(symbol));
    const close = new Float64Array(time.length);
    let price = 100;
    for (let i = 0; i < close.length; i += 1) {
      const mixed = Math.sqrt(COMMON) * (common[i] ?? NaN) + Math.sqrt(1 - COMMON) * (own[i] ?? NaN);
      price *= Math.max(0.2, 1 + DAILY_VOLATILITY * mixed);
      close[i] = price;
    }
    const ranges = random.fork(`${symbol} ranges`);
    const open = close.map((_value, i) => (close[i - 1] ?? 100) * (1 + 0.002 * ranges.normal()));
    return {
      symbol,
      interval: "1d",
      calendar: "XNYS",
      adjustment: "splits-and-dividends",
      rawKnown: true,
      length: close.length,
      time,
      closeTime,
      open,
      high: close.map((value, i) => Math.max(value, open[i] ?? NaN) * (1 + 0.003 * ranges.exponential())),
      low: close.map((value, i) => Math.min(value, open[i] ?? NaN) / (1 + 0.003 * ranges.exponential())),
      close,
      volume: close.map(() => Math.round(1e6 * (0.5 + ranges.uniform()))),
      factor: new Float64Array(close.length).fill(1),
      actions: [],
    };
  });
  return {
    id: `no-edge-${seed}`,
    source: "simulated",
    simulated: true,
    panel: createPanel(bars),
    benchmark: null,
    from: Date.parse(WINDOW_FROM),
    to: last(closeTime),
    findings: [],
  };
}

/** Standardised t returns whose volatility clusters around 1. */
function noise(days: number, random: Random): Float64Array {
  const returns = new Float64Array(days);
  const spread = SHOCK ** 2 / (1 - MEMORY ** 2);
  let log = 0;
  for (let i = 0; i < days; i += 1) {
    log = MEMORY * log + SHOCK * random.normal();
    let square = 0;
    for (let k = 0; k < TAILS; k += 1) square += random.normal() ** 2;
    returns[i] = (random.normal() / Math.sqrt(square / (TAILS - 2))) * Math.exp(log - spread);
  }
  return returns;
}
