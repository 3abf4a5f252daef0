import { describe, expect, it } from "vitest";
import type { PriceField } from "../../domain/market/bars.ts";
import { calendarOf } from "../../domain/market/calendars.ts";
import { at, type Column, last } from "../../domain/market/column.ts";
import { COMPANIES, INDEX } from "./companies.ts";
import { CALM, CRISIS } from "./regimes.ts";
import { World } from "./world.ts";

const SEEDS = Array.from({ length: 50 }, (_, i) => i + 1);
const xnys = calendarOf("XNYS");
const worlds = new Map(SEEDS.map((seed) => [seed, new World(seed, xnys, "2024-12-31")]));
const someWorlds = [...worlds.values()].slice(0, 8);

const mean = (values: Iterable<number>): number => {
  const list = [...values];
  return list.reduce((sum, value) => sum + value, 0) / list.length;
};

function correlation(a: Column, b: Column): number {
  const [meanA, meanB] = [mean(a), mean(b)];
  let [ab, aa, bb] = [0, 0, 0];
  for (let i = 0; i < a.length; i += 1) {
    const [x, y] = [at(a, i) - meanA, at(b, i) - meanB];
    ab += x * y;
    aa += x * x;
    bb += y * y;
  }
  return ab / Math.sqrt(aa * bb);
}

function deviation(values: Column): number {
  const center = mean(values);
  return Math.sqrt(mean(values.map((value) => (value - center) ** 2)));
}

function kurtosis(values: Column): number {
  const center = mean(values);
  return mean(values.map((value) => (value - center) ** 4)) / deviation(values) ** 4;
}

const column = (world: World, symbol: string, field: PriceField | "volume"): Column => {
  const bars = world.bars(symbol);
  if (bars === undefined) throw new Error(`${symbol} is not simulated.`);
  return bars[field];
};

const known = new WeakMap<Column, Column>();

/** Close to close; return i belongs to session i + 1. */
const returns = (world: World, symbol: string): Column => {
  const close = column(world, symbol, "close");
  const held = known.get(close);
  if (held !== undefined) return held;
  const daily = close.subarray(1).map((price, i) => price / at(close, i) - 1);
  known.set(close, daily);
  return daily;
};

const autocorrelation = (values: Column, lag: number): number =>
  correlation(values.subarray(lag), values.subarray(0, -lag));

const annualReturn = (world: World): number =>
  (last(column(world, "SIM500", "close")) / INDEX.price) ** 0.1 - 1;

describe("the index over seeds 1 to 50, ten years each", () => {
  const annual = [...worlds.values()].map(annualReturn);

  it("rises by 6 to 9 % a year on average, and neither only falls nor explodes", () => {
    expect(mean(annual)).toBeGreaterThan(0.06);
    expect(mean(annual)).toBeLessThan(0.09);
    expect(Math.min(...annual)).toBeGreaterThan(-0.06);
    expect(Math.max(...annual)).toBeLessThan(0.3);
    expect(annual.filter((rate) => rate < 0).length).toBeLessThan(10);
  });

  it("has the volatility, the fat tails and the worst day of a stock index", () => {
    for (const world of worlds.values()) {
      const daily = returns(world, "SIM500");
      const volatility = deviation(daily) * Math.sqrt(252);
      expect(volatility).toBeGreaterThan(0.1);
      expect(volatility).toBeLessThan(0.25);
      expect(kurtosis(daily)).toBeGreaterThan(4);
      expect(Math.min(...daily)).toBeLessThan(-0.03);
      expect(Math.min(...daily)).toBeGreaterThan(-0.25);
    }
  });

  it("has volatility that clusters", () => {
    for (const world of worlds.values()) {
      expect(autocorrelation(returns(world, "SIM500").map(Math.abs), 5)).toBeGreaterThan(0.05);
    }
  });

  it("is more volatile after losses than after gains", () => {
    const leverage = [...worlds.values()].map((world) => {
      const daily = returns(world, "SIM500");
      return correlation(daily.subarray(0, -1), daily.subarray(1).map(Math.abs));
    });
    expect(mean(leverage)).toBeLessThan(-0.03);
  });

  it("cannot be told from yesterday's return", () => {
    const memory = [...worlds.values()].map((world) => autocorrelation(returns(world, "SIM500"), 1));
    expect(Math.abs(mean(memory))).toBeLessThan(0.03);
  });
});

describe("regimes", () => {
  const splitByRegime = (values: Column, world: World, regime: number): Column =>
    values.filter((_, i) => world.regimes[i + 1] === regime);

  it("has crises, rare ones, in most markets", () => {
    const shares = [...worlds.values()].map((world) =>
      mean(world.regimes.map((r) => (r === CRISIS ? 1 : 0))),
    );
    expect(shares.filter((share) => share > 0).length).toBeGreaterThan(40);
    expect(mean(shares)).toBeLessThan(0.15);
  });

  it("is at least twice as volatile in a crisis as in calm, and moves more together", () => {
    const pooled = (regime: number, symbol: string): Column =>
      Float64Array.from(
        someWorlds.flatMap((world) => [...splitByRegime(returns(world, symbol), world, regime)]),
      );
    expect(deviation(pooled(CRISIS, "SIM500"))).toBeGreaterThan(2 * deviation(pooled(CALM, "SIM500")));

    const symbols = ["AAPL", "JPM", "KO", "CAT", "PFE", "DIS"];
    const together = (regime: number): number => {
      const series = symbols.map((symbol) => pooled(regime, symbol));
      return mean(series.flatMap((a, i) => series.slice(i + 1).map((b) => correlation(a, b))));
    };
    expect(together(CRISIS)).toBeGreaterThan(together(CALM) + 0.1);
  });
});

describe("companies", () => {
  it("have the beta that is set for them", () => {
    for (const { symbol, beta } of COMPANIES) {
      const measured = someWorlds.map((world) => {
        const [own, index] = [returns(world, symbol), returns(world, "SIM500")];
        return (correlation(own, index) * deviation(own)) / deviation(index);
      });
      expect([symbol, Math.abs(mean(measured) - beta) < 0.06]).toEqual([symbol, true]);
      for (const one of measured) expect(Math.abs(one - beta)).toBeLessThan(0.25);
    }
  });

  it("move more with their own sector than with others", () => {
    for (const world of someWorlds.slice(0, 4)) {
      const index = returns(world, "SIM500");
      // What is left once the market's part is taken away.
      const residual = COMPANIES.map(({ symbol, sector, beta }) => ({
        sector,
        values: returns(world, symbol).map((value, i) => value - beta * at(index, i)),
      }));
      const [within, across]: [number[], number[]] = [[], []];
      for (const [i, a] of residual.entries()) {
        for (const b of residual.slice(i + 1)) {
          (a.sector === b.sector ? within : across).push(correlation(a.values, b.values));
        }
      }
      expect(mean(within)).toBeGreaterThan(0.15);
      expect(Math.abs(mean(across))).toBeLessThan(0.05);
    }
  });

  it("have fat tails and clustering of their own", () => {
    for (const { symbol } of COMPANIES) {
      const tails = someWorlds.map((world) => kurtosis(returns(world, symbol)));
      expect(mean(tails)).toBeGreaterThan(4);
      const clustering = someWorlds.map((world) => autocorrelation(returns(world, symbol).map(Math.abs), 1));
      expect(mean(clustering)).toBeGreaterThan(0.04);
    }
  });

  it("open with gaps, wider ones once a quarter", () => {
    const gaps = someWorlds.flatMap((world) => {
      const [open, close] = [column(world, "NFLX", "open"), column(world, "NFLX", "close")];
      return Array.from(open.subarray(1), (price, i) => price / at(close, i) - 1);
    });
    expect(gaps.filter((gap) => gap !== 0).length / gaps.length).toBeGreaterThan(0.95);
    expect(kurtosis(Float64Array.from(gaps))).toBeGreaterThan(6);
  });

  // M. Parkinson, Journal of Business 53(1), 1980: the mean of ln(high/low)^2 / (4 ln 2) is the variance of a
  // path without jumps between open and close.
  it("have daily ranges as wide as their moves from open to close", () => {
    const ratios = someWorlds.flatMap((world) =>
      ["AAPL", "KO", "TSLA"].map((symbol) => {
        const [open, close] = [column(world, symbol, "open"), column(world, symbol, "close")];
        const [high, low] = [column(world, symbol, "high"), column(world, symbol, "low")];
        const range = mean(high.map((price, i) => Math.log(price / at(low, i)) ** 2)) / (4 * Math.LN2);
        return range / mean(close.map((price, i) => Math.log(price / at(open, i)) ** 2));
      }),
    );
    expect(mean(ratios)).toBeGreaterThan(0.95);
    expect(mean(ratios)).toBeLessThan(1.05);
  });

  it("trade more when prices move more", () => {
    for (const { symbol } of COMPANIES) {
      for (const world of someWorlds.slice(0, 3)) {
        const moves = returns(world, symbol).map(Math.abs);
        expect(correlation(moves, column(world, symbol, "volume").subarray(1))).toBeGreaterThan(0.3);
      }
    }
  });
});
