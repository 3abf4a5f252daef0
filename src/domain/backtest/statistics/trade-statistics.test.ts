import { describe, expect, it } from "vitest";
import { dailyBars } from "../../../../tests/support/daily-bars.ts";
import { createPanel } from "../../market/panel.ts";
import { MarketColumns } from "../market-columns.ts";
import { best, worst } from "./best-and-worst.ts";
import { CAUSE } from "../fills.ts";
import { capacity } from "./capacity.ts";
import { expectancy } from "./expectancy.ts";
import { kellyFraction } from "./kelly-fraction.ts";
import { positiveShare } from "./positive-share.ts";
import { sqn } from "./sqn.ts";
import { timeInMarket } from "./time-in-market.ts";
import { averageTradeDays } from "./trade-duration.ts";

const column = (...values: number[]): Float64Array => Float64Array.from(values);

describe("by hand", () => {
  // numpy 2.4: sqrt(6) x mean / std with ddof 1.
  const profits = column(30, -10, 0, 10, -25, 40);

  it("profits of six trades", () => {
    expect(sqn(profits)).toBeCloseTo(0.7515673998287549, 12);
    // Mean 2, deviation sqrt(2).
    expect(sqn(column(1, 3))).toBeCloseTo(2, 12);
    // Three of six win 80 / 3 on average, the losing ones lose 17.5: 1/2 - 1/2 / (26.67 / 17.5).
    expect(kellyFraction(profits)).toBeCloseTo(0.5 - 0.5 / (80 / 3 / 17.5), 12);
    expect(expectancy(column(0.1, -0.05, 0.04))).toBeCloseTo(0.03, 12);
    expect([best(profits, ""), worst(profits, ""), positiveShare(profits, "")]).toEqual([40, -25, 0.5]);
  });

  it("mean days of trades, in a window that does not begin with the panel", () => {
    const time = Float64Array.from([0, 1, 4, 5, 6], (day) => day * 86_400_000);
    const trades = [
      { entryRow: 10, exitRow: 12 },
      { entryRow: 13, exitRow: 14 },
    ];
    expect(averageTradeDays(trades, time, 10)).toBe(2.5);
  });

  it("the share of rows with a position, long or short", () => {
    expect(timeInMarket(column(0, 0.5, 1, 0))).toBe(0.5);
  });
});

describe("capacity", () => {
  const price = new Float64Array(4).fill(10);
  const bars = dailyBars("A", { open: price, close: price, volume: column(1000, 500, 0, 800) });
  const market = new MarketColumns(createPanel([bars]), false);
  const fills = (rows: number[], shares: number[]) => ({
    length: rows.length,
    row: Int32Array.from(rows),
    symbol: new Int32Array(rows.length),
    shares: Float64Array.from(shares),
    cause: new Uint8Array(rows.length),
  });

  it("is decided by the fill that takes most of its bar", () => {
    // 20 of 1000 and 25 of 500 shares: at 1 % of volume the second allows a fifth of the capital.
    expect(capacity(fills([0, 1], [20, -25]), market, 100_000, 0.01)).toBeCloseTo(20_000, 8);
    expect(capacity(fills([0], [5]), market, 100_000, 0.01)).toBeCloseTo(200_000, 8);
  });

  it("counts volume in the shares that are traded: before a split of 4 a quarter of today's", () => {
    const actions = [{ time: bars.time[2] ?? NaN, split: 4, dividend: 0 }];
    const split = { ...bars, actions, factor: column(0.25, 0.25, 1, 1), rawKnown: true };
    const raw = new MarketColumns(createPanel([split]), true);
    // 5 raw shares are 20 of today's, of 1000.
    expect(capacity(fills([0], [5]), raw, 100_000, 0.01)).toBeCloseTo(50_000, 8);
  });

  it("is not asked of a delisting, which takes no volume", () => {
    const paid = fills([0, 2], [5, -5]);
    paid.cause[1] = CAUSE.delisting;
    expect(capacity(paid, market, 100_000, 0.01)).toBeCloseTo(200_000, 8);
  });

  it("is absent where nothing was traded, or on a bar without volume", () => {
    expect(capacity(fills([], []), market, 1, 0.01)).toHaveProperty("absent", "Nothing was traded.");
    expect(capacity(fills([0, 2], [1, 1]), market, 1, 0.01)).toHaveProperty(
      "absent",
      "1 of 2 fills lie on bars without volume.",
    );
  });
});

it("has no figure without a trade, or without what it divides by", () => {
  for (const statistic of [
    expectancy(column()),
    sqn(column(5)),
    sqn(column(5, 5)),
    sqn(column(-0.3, 0.1 - 0.4)),
    kellyFraction(column()),
    kellyFraction(column(5, 0)),
    kellyFraction(column(-5, 0)),
    best(column(), "none"),
    worst(column(), "none"),
    positiveShare(column(), "none"),
    timeInMarket(column()),
    averageTradeDays([], column(), 0),
  ]) {
    expect(statistic).toHaveProperty("absent");
  }
});
