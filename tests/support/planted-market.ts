import type { Bars } from "../../src/domain/market/bars.ts";
import { at, last } from "../../src/domain/market/column.ts";
import type { DataSet } from "../../src/domain/market/data-set.ts";
import { createPanel } from "../../src/domain/market/panel.ts";
import { xnys } from "../../src/domain/market/xnys.ts";
import type { MarketData } from "../../src/domain/ports.ts";
import { randomFrom } from "../../src/domain/random.ts";
import { marketOf } from "./panel-market.ts";
import { csv } from "./price-folders.ts";

/** The drift that the planted edge gives a name, in units of its daily volatility for each deviation that it lags. */
export const PLANTED_EDGE = 0.2;

/** Bars over which a name that has lagged the others is bound to catch up: two months. */
export const REVERSAL_BARS = 42;

/** The window of an optimisation on the market as it is made by default: eight years, after one of history. */
export const PLANTED_WINDOW = { from: "2017-07-03", to: "2025-06-30" } as const;

export interface PlantedMarket {
  /** 0: the twin without an edge, of equal noise. */
  readonly edge?: number;
  readonly symbols?: number;
  /** First and last day of the bars. */
  readonly from?: string;
  readonly to?: string;
}

const COMMON_VOLATILITY = 0.0025;
const OWN_VOLATILITY = 0.012;
const DRIFT = 0.0002;
/** Volatility is persistent: its logarithm follows an autoregression with this memory and these shocks. */
const MEMORY = 0.97;
const SHOCK = 0.08;
/** Degrees of freedom of the returns' t distribution. */
const TAILS = 5;

/**
 * Daily bars of names that move with a common factor and by themselves, with fat tails and clusters of volatility. What a
 * name did over the last two months, in standard deviations and against the mean of all, turns round slowly: its drift is
 * the edge times minus that. Momentum, trend and breakout, by which the base alpha prompt decides, are on the wrong side;
 * its one reversal looks back five bars. Nothing else sets one name apart from another.
 */
export function plantedBars(seed: number, options: PlantedMarket = {}): Bars[] {
  const { edge = PLANTED_EDGE, symbols = 10, from = "2016-06-01", to = PLANTED_WINDOW.to } = options;
  const sessions = xnys.sessions(from, to);
  const time = Float64Array.from(sessions, ({ open }) => open);
  const closeTime = Float64Array.from(sessions, ({ close }) => close);
  const days = sessions.length;
  const random = randomFrom(seed).fork("planted market");
  const common = noise(days, random.fork("common"));
  const names = Array.from({ length: symbols }, (_, s) => {
    const own = random.fork(`name ${s}`);
    return { own, noise: noise(days, own.fork("returns")), log: new Float64Array(days) };
  });
  const lag = new Float64Array(symbols);
  for (let i = 0; i < days; i++) {
    lag.fill(0);
    if (i > REVERSAL_BARS) {
      const moves = names.map(({ log }) => at(log, i - 1) - at(log, i - 1 - REVERSAL_BARS));
      const mean = moves.reduce((sum, move) => sum + move, 0) / symbols;
      for (const [s, move] of moves.entries()) {
        lag[s] = (mean - move) / (OWN_VOLATILITY * Math.sqrt(REVERSAL_BARS));
      }
    }
    for (const [s, name] of names.entries()) {
      const drift = DRIFT + edge * OWN_VOLATILITY * at(lag, s);
      const move = COMMON_VOLATILITY * at(common, i) + OWN_VOLATILITY * at(name.noise, i);
      name.log[i] = (i === 0 ? Math.log(50 + 10 * s) : at(name.log, i - 1)) + drift + move;
    }
  }
  return names.map(({ own, log }, s) => ({
    symbol: `P${String(s + 1).padStart(2, "0")}`,
    interval: "1d",
    calendar: "XNYS",
    adjustment: "unknown",
    rawKnown: false,
    length: days,
    time,
    closeTime,
    ...prices(log, own.fork("ranges")),
    factor: new Float64Array(days).fill(1),
    actions: [],
  }));
}

/** Standardised t returns whose volatility clusters around 1. */
function noise(days: number, random: ReturnType<typeof randomFrom>): Float64Array {
  const returns = new Float64Array(days);
  const spread = SHOCK ** 2 / (1 - MEMORY ** 2);
  let log = 0;
  for (let i = 0; i < days; i++) {
    log = MEMORY * log + SHOCK * random.normal();
    let square = 0;
    for (let k = 0; k < TAILS; k++) square += random.normal() ** 2;
    const t = random.normal() / Math.sqrt(square / (TAILS - 2));
    returns[i] = t * Math.exp(log - spread);
  }
  return returns;
}

type Prices = Pick<Bars, "open" | "high" | "low" | "close" | "volume">;

/** To hundredths of a cent, as they stand in a file. */
function prices(log: Float64Array, random: ReturnType<typeof randomFrom>): Prices {
  const rounded = (price: number): number => Math.round(price * 1e4) / 1e4;
  const close = log.map((value) => rounded(Math.exp(value)));
  const open = close.map((price, i) => rounded((close[i - 1] ?? price) * Math.exp(0.002 * random.normal())));
  const beyond = (): number => Math.exp(0.003 * random.exponential());
  return {
    open,
    close,
    high: close.map((price, i) => rounded(Math.max(price, at(open, i)) * beyond())),
    low: close.map((price, i) => rounded(Math.min(price, at(open, i)) / beyond())),
    volume: close.map(() => Math.round(1e6 * (0.5 + random.uniform()))),
  };
}

/** The market as a source. */
export function plantedMarket(seed: number, options: PlantedMarket = {}): MarketData {
  return { ...marketOf(plantedBars(seed, options)), source: "planted", simulated: true };
}

/** The same bars as the content of CSV files by file name, for the command line. */
export function plantedFiles(seed: number, options: PlantedMarket = {}): Record<string, string> {
  return Object.fromEntries(
    plantedBars(seed, options).map((bars) => {
      const rows = Array.from(bars.time, (time, i) =>
        [
          xnys.dateOf(time),
          ...(["open", "high", "low", "close", "volume"] as const).map((name) => at(bars[name], i)),
        ].join(),
      );
      return [`${bars.symbol}.csv`, csv(rows)];
    }),
  );
}

/** The market as a data set, from a day on. */
export function plantedDataSet(
  seed: number,
  options: PlantedMarket & { readonly windowFrom?: string } = {},
): DataSet {
  const panel = createPanel(plantedBars(seed, options));
  return {
    id: `planted-${seed}`,
    source: "planted",
    simulated: true,
    panel,
    benchmark: null,
    from: Date.parse(options.windowFrom ?? PLANTED_WINDOW.from),
    to: last(panel.closeTime),
    findings: [],
  };
}
