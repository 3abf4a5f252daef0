import * as fc from "fast-check";
import * as peer from "trading-signals";
import { describe, expect, it } from "vitest";
import { FinAgentError } from "../errors.ts";
import type { Column } from "../market/column.ts";
import { Adx, adx } from "./adx.ts";
import { Atr, atr } from "./atr.ts";
import { BollingerBands, bollingerBands } from "./bollinger-bands.ts";
import { Ema, ema } from "./ema.ts";
import { Highest, highest } from "./highest.ts";
import { Lowest, lowest } from "./lowest.ts";
import { Macd, macd } from "./macd.ts";
import { Cci, cci } from "./cci.ts";
import { Mfi, mfi } from "./mfi.ts";
import { Vwap, vwap } from "./vwap.ts";
import { WilliamsR, williamsR } from "./williams-r.ts";
import { Obv, obv } from "./obv.ts";
import { RateOfChange, rateOfChange } from "./rate-of-change.ts";
import { Rsi, rsi } from "./rsi.ts";
import { Sma, sma } from "./sma.ts";
import { StandardDeviation, standardDeviation } from "./standard-deviation.ts";
import { Stochastic, stochastic } from "./stochastic.ts";
import { TrueRange, trueRange } from "./true-range.ts";
import { Wma, wma } from "./wma.ts";
import { ZScore, zScore } from "./z-score.ts";

interface Series {
  readonly high: Column;
  readonly low: Column;
  readonly close: Column;
  readonly volume: Column;
}

interface Bar {
  readonly high: number;
  readonly low: number;
  readonly close: number;
  readonly volume: number;
}

/** Both forms of an indicator: columns by name, and a reader of the same figures bar by bar. */
interface Case {
  readonly name: string;
  readonly columns: (series: Series, period: number) => readonly Column[];
  readonly streaming: (period: number) => (bar: Bar) => readonly number[];
  /** Index of the first value of each column. */
  readonly first: (period: number) => readonly number[];
  /** What a series of equal bars gives, for a close of c. */
  readonly flat: (c: number) => readonly number[];
}

const ofClose = (make: (period: number) => { next(value: number): number }) => (period: number) => {
  const indicator = make(period);
  return (bar: Bar) => [indicator.next(bar.close)];
};

const macdPeriods = (period: number) => ({ fast: period, slow: 2 * period + 1, signal: period + 1 });

const CASES: readonly Case[] = [
  {
    name: "sma",
    columns: ({ close }, p) => [sma(close, p)],
    streaming: ofClose((p) => new Sma(p)),
    first: (p) => [p - 1],
    flat: (c) => [c],
  },
  {
    name: "ema",
    columns: ({ close }, p) => [ema(close, p)],
    streaming: ofClose((p) => new Ema(p)),
    first: (p) => [p - 1],
    flat: (c) => [c],
  },
  {
    name: "wma",
    columns: ({ close }, p) => [wma(close, p)],
    streaming: ofClose((p) => new Wma(p)),
    first: (p) => [p - 1],
    flat: (c) => [c],
  },
  {
    name: "rsi",
    columns: ({ close }, p) => [rsi(close, p)],
    streaming: ofClose((p) => new Rsi(p)),
    first: (p) => [p],
    flat: () => [50],
  },
  {
    name: "standardDeviation",
    columns: ({ close }, p) => [standardDeviation(close, p)],
    streaming: ofClose((p) => new StandardDeviation(p)),
    first: (p) => [p - 1],
    flat: () => [0],
  },
  {
    name: "rateOfChange",
    columns: ({ close }, p) => [rateOfChange(close, p)],
    streaming: ofClose((p) => new RateOfChange(p)),
    first: (p) => [p],
    flat: () => [0],
  },
  {
    name: "macd",
    columns: ({ close }, p) => {
      const lines = macd(close, macdPeriods(p));
      return [lines.macd, lines.signal, lines.histogram];
    },
    streaming: (p) => {
      const indicator = new Macd(macdPeriods(p));
      return (bar) => [indicator.next(bar.close), indicator.signal, indicator.histogram];
    },
    first: (p) => [2 * p, 3 * p, 3 * p],
    flat: () => [0, 0, 0],
  },
  {
    name: "bollingerBands",
    columns: ({ close }, p) => {
      const { lower, middle, upper } = bollingerBands(close, p);
      return [middle, upper, lower];
    },
    streaming: (p) => {
      const indicator = new BollingerBands(p);
      return (bar) => [indicator.next(bar.close), indicator.upper, indicator.lower];
    },
    first: (p) => [p - 1, p - 1, p - 1],
    flat: (c) => [c, c, c],
  },
  {
    name: "trueRange",
    columns: (series) => [trueRange(series)],
    streaming: () => {
      const indicator = new TrueRange();
      return (bar) => [indicator.next(bar)];
    },
    first: () => [1],
    flat: () => [0],
  },
  {
    name: "atr",
    columns: (series, p) => [atr(series, p)],
    streaming: (p) => {
      const indicator = new Atr(p);
      return (bar) => [indicator.next(bar)];
    },
    first: (p) => [p],
    flat: () => [0],
  },
  {
    name: "stochastic",
    columns: (series, p) => {
      const { k, d } = stochastic(series, { channel: p, k: 3, d: 2 });
      return [k, d];
    },
    streaming: (p) => {
      const indicator = new Stochastic({ channel: p, k: 3, d: 2 });
      return (bar) => [indicator.next(bar), indicator.d];
    },
    first: (p) => [p + 1, p + 2],
    flat: () => [0, 0],
  },
  {
    name: "cci",
    columns: (series, p) => [cci(series, p)],
    streaming: (p) => {
      const indicator = new Cci(p);
      return (bar) => [indicator.next(bar)];
    },
    first: (p) => [p - 1],
    flat: () => [0],
  },
  {
    name: "mfi",
    columns: (series, p) => [mfi(series, p)],
    streaming: (p) => {
      const indicator = new Mfi(p);
      return (bar) => [indicator.next(bar)];
    },
    first: (p) => [p],
    flat: () => [50],
  },
  {
    name: "vwap",
    columns: (series) => [vwap(series)],
    streaming: () => {
      const indicator = new Vwap();
      return (bar) => [indicator.next(bar)];
    },
    first: () => [0],
    flat: (c) => [c],
  },
  {
    name: "williamsR",
    columns: (series, p) => [williamsR(series, p)],
    streaming: (p) => {
      const indicator = new WilliamsR(p);
      return (bar) => [indicator.next(bar)];
    },
    first: (p) => [p - 1],
    flat: () => [-100],
  },
  {
    name: "obv",
    columns: (series) => [obv(series)],
    streaming: () => {
      const indicator = new Obv();
      return (bar) => [indicator.next(bar)];
    },
    first: () => [0],
    flat: () => [0],
  },
  {
    name: "adx",
    columns: (series, p) => {
      const lines = adx(series, p);
      return [lines.adx, lines.plusDi, lines.minusDi];
    },
    streaming: (p) => {
      const indicator = new Adx(p);
      return (bar) => [indicator.next(bar), indicator.plusDi, indicator.minusDi];
    },
    first: (p) => [2 * p - 1, p, p],
    flat: () => [0, 0, 0],
  },
];

const bar: fc.Arbitrary<Bar> = fc
  .record({
    close: fc.double({ min: 1, max: 1000, noNaN: true }),
    up: fc.double({ min: 0, max: 5, noNaN: true }),
    down: fc.double({ min: 0, max: 0.9, noNaN: true }),
    volume: fc.nat(1_000_000),
  })
  .map(({ close, up, down, volume }) => ({ close, high: close + up, low: close - down, volume }));

const bars = fc.array(bar, { minLength: 0, maxLength: 60 });
const period = fc.integer({ min: 1, max: 12 });

function columnsOf(list: readonly Bar[]): Series {
  const column = (pick: (one: Bar) => number): Column => Float64Array.from(list, pick);
  return {
    high: column((one) => one.high),
    low: column((one) => one.low),
    close: column((one) => one.close),
    volume: column((one) => one.volume),
  };
}

describe.each(CASES)("$name", ({ columns, streaming, first, flat }) => {
  it("gives the same bit for bit bar by bar and as columns of equal length", () => {
    fc.assert(
      fc.property(bars, period, (list, p) => {
        const next = streaming(p);
        const rows = list.map((one) => next(one));
        for (const [k, column] of columns(columnsOf(list), p).entries()) {
          expect(column.length).toBe(list.length);
          expect([...column]).toEqual(rows.map((row) => row[k]));
        }
      }),
    );
  });

  it("knows nothing of later bars: the column of a prefix is the prefix of the column", () => {
    fc.assert(
      fc.property(bars, bars, period, (past, future, p) => {
        const whole = columns(columnsOf([...past, ...future]), p);
        for (const [k, column] of columns(columnsOf(past), p).entries()) {
          expect(whole[k]?.subarray(0, past.length)).toEqual(column);
        }
      }),
    );
  });

  it("has its first value where its docstring says, and every value from there on", () => {
    fc.assert(
      fc.property(bars, period, (list, p) => {
        // Where nothing is traded there is no average price of it.
        const traded = columnsOf(list.map((bar) => ({ ...bar, volume: bar.volume + 1 })));
        for (const [k, column] of columns(traded, p).entries()) {
          for (const [row, value] of column.entries()) {
            expect(Number.isNaN(value), `column ${k} row ${row}`).toBe(row < (first(p)[k] ?? NaN));
          }
        }
      }),
    );
  });

  it("is what it must be where nothing moves", () => {
    fc.assert(
      fc.property(fc.double({ min: 1e-3, max: 1e6, noNaN: true }), period, (c, p) => {
        const still = columnsOf(Array.from({ length: 50 }, () => ({ close: c, high: c, low: c, volume: 5 })));
        for (const [k, column] of columns(still, p).entries()) {
          const expected = flat(c)[k] ?? NaN;
          for (const value of column.subarray(first(p)[k])) {
            expect(Math.abs(value - expected)).toBeLessThanOrEqual(1e-12 * c);
          }
        }
      }),
    );
  });
});

describe("highest and lowest", () => {
  it("are those of the last values, itself among them", () => {
    const values = Float64Array.of(3, 1, 4, 1, 5, 2, 2);
    expect([...highest(values, 3)]).toEqual([NaN, NaN, 4, 4, 5, 5, 5]);
    expect([...lowest(values, 3)]).toEqual([NaN, NaN, 1, 1, 1, 1, 2]);
    const [high, low] = [new Highest(3), new Lowest(3)];
    expect([...values].map((value) => high.next(value))).toEqual([...highest(values, 3)]);
    expect([...values].map((value) => low.next(value))).toEqual([...lowest(values, 3)]);
  });
});

describe("z-score", () => {
  it("agrees bit for bit bar by bar, is bounded by the window, and absent where nothing moves", () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 4 }), { maxLength: 60 }), period, (list, p) => {
        const close = Float64Array.from(list);
        const streaming = new ZScore(p);
        for (const [row, value] of zScore(close, p).entries()) {
          expect(streaming.next(close[row] ?? NaN)).toBe(value);
          const window = close.subarray(Math.max(0, row - p + 1), row + 1);
          const still = new Set(window).size === 1;
          expect(Number.isNaN(value)).toBe(window.length < p || still);
          if (!Number.isNaN(value)) expect(Math.abs(value)).toBeLessThanOrEqual(Math.sqrt(p - 1) + 1e-12);
        }
      }),
    );
  });
});

describe("a NaN among numbers", () => {
  const ofNumbers: readonly [string, (values: Column) => Column][] = [
    ["sma", (values) => sma(values, 4)],
    ["ema", (values) => ema(values, 4)],
    ["wma", (values) => wma(values, 4)],
    ["rsi", (values) => rsi(values, 4)],
    ["macd", (values) => macd(values, { fast: 2, slow: 4, signal: 3 }).signal],
    ["bollingerBands", (values) => bollingerBands(values, 4).upper],
    ["standardDeviation", (values) => standardDeviation(values, 4)],
    ["zScore", (values) => zScore(values, 4)],
    ["rateOfChange", (values) => rateOfChange(values, 4)],
    ["highest", (values) => highest(values, 4)],
    ["lowest", (values) => lowest(values, 4)],
  ];

  it.each(ofNumbers)("is no observation for %s", (_name, column) => {
    const holes = fc.array(fc.option(fc.double({ min: 1, max: 9, noNaN: true }), { nil: NaN, freq: 3 }), {
      maxLength: 40,
    });
    fc.assert(
      fc.property(holes, (list) => {
        const present = list.filter((value) => !Number.isNaN(value));
        const expected = [...column(Float64Array.from(present))];
        const actual = [...column(Float64Array.from(list))];
        expect(actual.filter((_, row) => !Number.isNaN(list[row]))).toEqual(expected);
        expect(actual.filter((_, row) => Number.isNaN(list[row])).every(Number.isNaN)).toBe(true);
      }),
    );
  });
});

describe("arguments", () => {
  const close = Float64Array.of(1, 2, 3);
  const series = { high: close, low: close, close };
  const makers: readonly [string, (bad: number) => unknown][] = [
    ["sma", (bad) => sma(close, bad)],
    ["ema", (bad) => ema(close, bad)],
    ["wma", (bad) => wma(close, bad)],
    ["rsi", (bad) => rsi(close, bad)],
    ["macd fast", (bad) => macd(close, { fast: bad, slow: 26, signal: 9 })],
    ["macd slow", (bad) => macd(close, { fast: 12, slow: bad, signal: 9 })],
    ["macd signal", (bad) => macd(close, { fast: 12, slow: 26, signal: bad })],
    ["bollingerBands", (bad) => bollingerBands(close, bad)],
    ["bollingerBands width", (bad) => bollingerBands(close, 20, bad === 1.5 ? -1 : bad)],
    ["atr", (bad) => atr(series, bad)],
    ["adx", (bad) => adx(series, bad)],
    ["stochastic channel", (bad) => stochastic(series, { channel: bad, k: 3, d: 3 })],
    ["stochastic k", (bad) => stochastic(series, { channel: 14, k: bad, d: 3 })],
    ["stochastic d", (bad) => stochastic(series, { channel: 14, k: 3, d: bad })],
    ["rateOfChange", (bad) => rateOfChange(close, bad)],
    ["standardDeviation", (bad) => standardDeviation(close, bad)],
    ["zScore", (bad) => zScore(close, bad)],
    ["highest", (bad) => highest(close, bad)],
    ["lowest", (bad) => lowest(close, bad)],
  ];

  it.each(makers)("%s refuses what is not a positive integer", (_name, make) => {
    for (const bad of [0, -3, 1.5, NaN, Infinity]) {
      expect(() => make(bad)).toThrow(expect.objectContaining({ code: "BAD_ARGUMENT" }));
    }
  });

  it("must be in order for MACD and of equal length for bars", () => {
    expect(() => macd(close, { fast: 26, slow: 12, signal: 9 })).toThrow(FinAgentError);
    const short = Float64Array.of(1);
    expect(() => atr({ high: short, low: close, close }, 2)).toThrow(/equal length, not of 3 and 1/);
    expect(() => obv({ close, volume: short })).toThrow(FinAgentError);
    expect(() => adx({ high: close, low: short, close }, 2)).toThrow(FinAgentError);
    expect(() => stochastic({ high: close, low: close, close: short })).toThrow(FinAgentError);
    expect(() => trueRange({ high: short, low: close, close })).toThrow(FinAgentError);
  });
});

/** trading-signals is an independent implementation; compared where its seeds are the same. */
describe("an independent peer agrees", () => {
  function expectClose(own: Column, theirs: readonly (number | null | undefined)[], from = 0): void {
    for (const [row, value] of own.entries()) {
      if (row < from) continue;
      const other = theirs[row];
      if (other === null || other === undefined) expect(value, `row ${row}`).toBeNaN();
      else expect(Math.abs(value - other), `row ${row}`).toBeLessThan(1e-7);
    }
  }

  it("on the averages, the deviation, RSI, the bands, the stochastic and the rate of change", () => {
    fc.assert(
      fc.property(
        fc.array(bar, { minLength: 40, maxLength: 60 }),
        fc.integer({ min: 2, max: 12 }),
        (list, p) => {
          const series = columnsOf(list);
          const { close } = series;
          const feed = (indicator: { update(value: number, replace: boolean): number | null }) =>
            [...close].map((value) => indicator.update(value, false));
          expectClose(sma(close, p), feed(new peer.SMA(p)));
          expectClose(wma(close, p), feed(new peer.WMA(p)));
          expectClose(rsi(close, p), feed(new peer.RSI(p)));
          expectClose(
            rateOfChange(close, p),
            feed(new peer.ROC(p)).map((value) => (value === null ? null : 100 * value)),
          );
          const bands = new peer.BollingerBands(p, 2);
          const theirs = [...close].map((value) => bands.update(value, false));
          expectClose(
            bollingerBands(close, p).upper,
            theirs.map((one) => one?.upper),
          );
          expectClose(
            bollingerBands(close, p).lower,
            theirs.map((one) => one?.lower),
          );
          const oscillator = new peer.StochasticOscillator({ kPeriod: p, kSlowingPeriod: 3, dPeriod: 2 });
          const lines = list.map((one) => oscillator.update(one, false));
          const { k, d } = stochastic(series, { channel: p, k: 3, d: 2 });
          expectClose(
            k,
            lines.map((one) => one?.stochK),
            p + 2,
          );
          expectClose(
            d,
            lines.map((one) => one?.stochD),
          );
        },
      ),
      { numRuns: 50 },
    );
  });

  it("on Wilder's indicators, once their different seeds have faded", () => {
    const list = fc.sample(bar, { numRuns: 500, seed: 3 });
    const series = columnsOf(list);
    const range = new peer.ATR(5);
    const direction = new peer.ADX(5);
    expectClose(
      atr(series, 5),
      list.map((one) => range.update(one, false)),
      200,
    );
    expectClose(
      adx(series, 5).adx,
      list.map((one) => direction.update(one, false)),
      200,
    );
    const average = new peer.EMA(5);
    expectClose(
      ema(series.close, 5),
      [...series.close].map((value) => average.update(value, false)),
      200,
    );
  });
});
