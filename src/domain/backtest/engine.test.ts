import { describe, expect, it } from "vitest";
import { dailyBars } from "../../../tests/support/daily-bars.ts";
import { createPanel } from "../market/panel.ts";
import { simulate } from "./engine.ts";
import { type BacktestSettings, backtestSettingsSchema } from "./settings.ts";
import type { Targets } from "./targets.ts";

const column = (...values: number[]): Float64Array => Float64Array.from(values);

const free: BacktestSettings = backtestSettingsSchema.parse({
  capital: 1000,
  commission: 0,
  slippageBps: 0,
  closeOut: false,
});

function targets(rows: number[], ...weights: number[][]): Targets {
  return { rows: Int32Array.from(rows), weights: weights.map((one) => Float64Array.from(one)) };
}

const single = createPanel([
  dailyBars("A", { open: column(10, 20, 25, 40, 50), close: column(11, 22, 24, 44, 55) }),
]);

describe("simulate", () => {
  it("fills at the next open what is decided at a close, and values positions at closes", () => {
    const result = simulate(single, targets([0, 2], [0.5, 0]), free);
    // 500 at 20 are 25 shares; sold at 40.
    expect([...result.equity]).toEqual([1000, 1050, 1100, 1500, 1500]);
    expect([...result.cash]).toEqual([1000, 500, 500, 1500, 1500]);
    expect(result.exposure[1]).toBeCloseTo(550 / 1050, 12);
    expect([...result.turnover]).toEqual([0, 0.5, 0, 1000 / 1500, 0]);
    expect(result.trades).toEqual([
      {
        symbol: 0,
        entryRow: 1,
        exitRow: 3,
        shares: 25,
        entryPrice: 20,
        exitPrice: 40,
        profit: 500,
        return: 1,
        open: false,
      },
    ]);
    expect(result.decisions).toBe(2);
    expect(result.unfilled).toBe(0);
  });

  it("fills at the same close where told to", () => {
    const result = simulate(single, targets([0, 2], [1, 0]), { ...free, fill: "close" });
    expect(result.trades[0]).toMatchObject({ entryRow: 0, entryPrice: 11, exitRow: 2 });
    expect(result.trades[0]?.exitPrice).toBeCloseTo(24, 12);
    expect(result.equity[4]).toBeCloseTo((1000 / 11) * 24, 9);
  });

  it("takes slippage and commission into the size, so that a weight of 1 spends all the cash and no more", () => {
    const settings = { ...free, slippageBps: 100, commission: 0.01 };
    const result = simulate(single, targets([0, 2], [1, 0]), settings);
    const shares = 1000 / (20 * 1.01 * 1.01);
    expect(result.fills.shares[0]).toBeCloseTo(shares, 12);
    expect(result.fills.price[0]).toBeCloseTo(20.2, 12);
    expect(result.cash[1]).toBeCloseTo(0, 9);
    expect(result.cash[3]).toBeCloseTo(shares * 40 * 0.99 * 0.99, 9);
    expect(result.commission).toBeCloseTo(shares * (20.2 + 39.6) * 0.01, 9);
    expect(result.slippage).toBeCloseTo(shares * (0.2 + 0.4), 9);
    expect(result.trades[0]?.profit).toBeCloseTo((result.cash[3] ?? NaN) - 1000, 9);
  });

  it("sells short, and reverses in one fill with the commission split between the trades", () => {
    const settings = { ...free, commission: 0.001, wholeShares: true };
    const result = simulate(single, targets([0, 1], [-0.5, 0.5]), settings);
    // floor(500 / (20 x 1.001)) = 24 short at 20; equity at 25: 1000 - 24 x 5 - 0.48 = 879.52;
    // floor(439.76 / (25 x 1.001)) = 17 long.
    expect([...result.fills.shares]).toEqual([-24, 41]);
    expect(result.trades).toHaveLength(2);
    expect(result.trades[0]).toMatchObject({ shares: -24, entryPrice: 20, exitPrice: 25, open: false });
    expect(result.trades[0]?.profit).toBeCloseTo(-24 * 5 - 24 * 20 * 0.001 - 24 * 25 * 0.001, 9);
    expect(result.trades[1]).toMatchObject({ shares: 17, entryPrice: 25, exitPrice: 55, open: true });
    expect(result.trades[1]?.profit).toBeCloseTo(17 * 30 - 17 * 25 * 0.001, 9);
  });

  it("averages the prices of a position that is scaled up and down, so that one round trip explains it all", () => {
    const result = simulate(single, targets([0, 1, 2, 3], [0.2, 0.6, 0.1, 0]), free);
    const [trade] = result.trades;
    expect(result.trades).toHaveLength(1);
    // 10 at 20; equity 1050 at 25: 25.2 shares; equity 1428 at 40: 3.57 shares; the rest sold at 50.
    expect([...result.fills.shares].map((shares) => +shares.toFixed(9))).toEqual([10, 15.2, -21.63, -3.57]);
    expect(trade?.shares).toBeCloseTo(25.2, 9);
    expect(trade?.entryPrice).toBeCloseTo((10 * 20 + 15.2 * 25) / 25.2, 9);
    expect(trade?.exitPrice).toBeCloseTo((21.63 * 40 + 3.57 * 50) / 25.2, 9);
    expect(trade?.profit).toBeCloseTo((result.equity[4] ?? NaN) - 1000, 9);
  });

  it("leaves a holding alone where the weight is met within its costs", () => {
    const settings = { ...free, commission: 0.01 };
    const flat = createPanel([
      dailyBars("A", { open: column(10, 10, 10, 10), close: column(10, 10, 10, 10) }),
    ]);
    const result = simulate(flat, targets([0, 1, 2], [0.5, 0.5, 0.5]), settings);
    expect(result.fills.length).toBe(1);
  });

  it("closes at the last open of the window, in place of any other decision", () => {
    const result = simulate(single, targets([0, 3], [1, -1]), { ...free, closeOut: true });
    expect(result.trades).toHaveLength(1);
    expect(result.trades[0]).toMatchObject({ exitRow: 4, exitPrice: 50, open: false });
    expect(result.equity[4]).toBe(2500);
    expect(result.exposure[4]).toBe(0);
  });

  it("leaves what is decided at the last close unfilled", () => {
    const result = simulate(single, targets([4], [1]), free);
    expect(result.fills.length).toBe(0);
    expect(result.unfilled).toBe(1);
  });

  it("takes a decision from before the window as made at the close of its first row", () => {
    const result = simulate(single, targets([0, 1], [0.1, 1]), free, { fromRow: 2, toRow: 5 });
    expect(result.equity).toHaveLength(3);
    expect(result.fills.row[0]).toBe(3);
    expect([...result.equity]).toEqual([1000, 1100, 1375]);
    expect(result.decisions).toBe(1);
  });

  it("keeps the shares where the weight is NaN", () => {
    const result = simulate(single, targets([0, 2], [0.5, NaN]), free);
    expect(result.fills.length).toBe(1);
  });

  it("loses no share to rounding when the target is a whole number", () => {
    const flat = createPanel([dailyBars("A", { open: column(0.1, 0.1), close: column(0.1, 0.1) })]);
    const result = simulate(flat, targets([0], [0.7]), { ...free, capital: 0.3, wholeShares: true });
    // 0.7 x 0.3 / 0.1 is 2.0999999999999996 in floating point.
    expect(result.fills.shares[0]).toBe(2);
    const seven = simulate(flat, targets([0], [0.7]), { ...free, capital: 1, wholeShares: true });
    // 0.7 / 0.1 is 6.999999999999999 in floating point.
    expect(seven.fills.shares[0]).toBe(7);
  });

  it("trades nothing for a difference that is rounding", () => {
    const flat = createPanel([dailyBars("A", { open: column(10, 10, 10), close: column(10, 10, 10) })]);
    expect(simulate(flat, targets([0, 1], [0.3, 0.1 + 0.2]), free).fills.length).toBe(1);
  });
});

describe("simulate, many symbols", () => {
  const panel = createPanel([
    dailyBars("A", { open: column(10, 10, 10, 20), close: column(10, 10, 10, 20) }),
    // No bar on day 2, listed from day 1.
    dailyBars("B", { open: column(5, 8), close: column(6, 9) }, [1, 3]),
  ]);

  it("waits for the next bar of a symbol that has none, and values it at its last close meanwhile", () => {
    const result = simulate(panel, targets([0, 1], [0.5, NaN], [0.5, 0]), free);
    // B: 500 / 5 = 100 shares on day 1; the sale decided there waits from day 2 to day 3.
    expect([...result.fills.row]).toEqual([1, 1, 3]);
    expect([...result.fills.symbol]).toEqual([0, 1, 1]);
    expect([...result.equity]).toEqual([1000, 1100, 1100, 50 * 20 + 100 * 8]);
  });

  it("replaces a waiting decision by a newer one", () => {
    const result = simulate(panel, targets([1, 2], [NaN, NaN], [0.5, 0.1]), free);
    expect(result.fills.length).toBe(1);
    expect(result.fills.shares[0]).toBeCloseTo(100 / 8, 12);
  });

  it("cannot close what has no bar in the last row: it stays open at the last close", () => {
    const result = simulate(
      panel,
      targets([0], [0.5], [0.5]),
      { ...free, closeOut: true },
      {
        fromRow: 0,
        toRow: 3,
      },
    );
    expect(result.trades.map(({ symbol, open }) => ({ symbol, open }))).toEqual([
      { symbol: 0, open: false },
      { symbol: 1, open: true },
    ]);
    expect(result.trades[1]?.exitPrice).toBe(6);
  });

  it("pays purchases from sales of the same row, whatever the order of the symbols", () => {
    const both = createPanel([
      dailyBars("A", { open: column(10, 10, 10), close: column(10, 10, 10) }),
      dailyBars("B", { open: column(10, 10, 10), close: column(10, 10, 10) }),
    ]);
    for (const weights of [
      [
        [1, 0],
        [0, 1],
      ],
      [
        [0, 1],
        [1, 0],
      ],
    ]) {
      const result = simulate(both, targets([0, 1], ...weights), free);
      expect([...result.fills.shares]).toEqual([100, -100, 100]);
      expect(result.cashShortRows).toBe(0);
    }
  });

  it("cuts all purchases of a row alike where the cash does not reach, and counts the row", () => {
    const both = createPanel([
      dailyBars("A", { open: column(10, 10, 10), close: column(10, 10, 10) }),
      dailyBars("B", { open: column(10, 10, 10), close: column(10, 10, 10) }),
    ]);
    const result = simulate(both, targets([0], [1.5], [0.5]), free);
    expect([...result.fills.shares]).toEqual([75, 25]);
    expect(result.cash[1]).toBeCloseTo(0, 9);
    expect(result.cashShortRows).toBe(1);
  });
});

describe("simulate, shorts", () => {
  it("buys a short back though the cash is spent: that is owed, not chosen", () => {
    const flat = { open: column(10, 10, 10), close: column(10, 10, 10) };
    const both = createPanel([dailyBars("A", flat), dailyBars("B", flat)]);
    const result = simulate(both, targets([0, 1], [-0.5, 0], [1.5, NaN]), free);
    expect([...result.fills.shares]).toEqual([-50, 150, 50]);
    expect([...result.cash]).toEqual([1000, 0, -500]);
    expect([...result.equity]).toEqual([1000, 1000, 1000]);
  });

  it("buys with what the shorts that are bought back leave", () => {
    const flat = { open: column(10, 10, 10), close: column(10, 10, 10) };
    const both = createPanel([dailyBars("A", flat), dailyBars("B", flat)]);
    const result = simulate(both, targets([0, 1], [-0.5, 0], [NaN, 1.5]), free);
    // Of 1,500 in cash 500 are owed; 1,000 buy 100 of the 150 shares that were meant.
    expect([...result.fills.shares]).toEqual([-50, 50, 100]);
    expect([...result.cash]).toEqual([1000, 1500, 0]);
    expect(result.cashShortRows).toBe(1);
  });
});

describe("simulate, ruin", () => {
  it("closes everything at the close where the equity is gone and trades no more", () => {
    const panel = createPanel([
      dailyBars("A", { open: column(10, 10, 30, 5, 5), close: column(10, 12, 30, 5, 5) }),
    ]);
    const result = simulate(panel, targets([0, 2, 3], [-1, -1, 1]), free);
    expect([...result.equity]).toEqual([1000, 800, -1000, -1000, -1000]);
    expect(result.ruinedRow).toBe(2);
    expect(result.trades).toHaveLength(1);
    expect([...result.exposure]).toEqual([0, 1.5, 0, 0, 0]);
  });

  it("ends at an equity of exactly zero too", () => {
    const panel = createPanel([
      dailyBars("A", { open: column(10, 10, 20, 5), close: column(10, 10, 20, 5) }),
    ]);
    const result = simulate(panel, targets([0], [-1]), free);
    expect([...result.equity]).toEqual([1000, 1000, 0, 0]);
    expect(result.ruinedRow).toBe(2);
  });

  it("lets a decision wait while the equity is gone at the open, since only the close ends the run", () => {
    const panel = createPanel([
      dailyBars("A", { open: column(10, 10, 25, 10), close: column(10, 10, 10, 10) }),
    ]);
    // 100 shares short at 10; at 25 they would cost 2,500 of the 2,000 in cash.
    const result = simulate(panel, targets([0, 1], [-1, -0.5]), free);
    expect([...result.fills.row]).toEqual([1, 3]);
    expect([...result.fills.shares]).toEqual([-100, 50]);
    expect([...result.equity]).toEqual([1000, 1000, 1000, 1000]);
    expect(result.ruinedRow).toBeNull();
  });
});

describe("simulate, bad input", () => {
  it.each([
    ["rows that do not ascend", targets([1, 1], [1, 1]), /ascend/],
    ["a row outside the panel", targets([5], [1]), /outside a panel of 5 rows/],
    ["a negative row", targets([-1], [1]), /ascend/],
    ["an infinite weight", targets([1], [Infinity]), /A has an infinite weight/],
    ["an infinite short", targets([1], [-Infinity]), /A has an infinite weight/],
    ["a column too many", targets([1], [1], [1]), /2 columns of weights for the 1 symbols/],
    ["a column too short", targets([1, 2], [1]), /A has 1 weights for 2 target rows/],
  ])("refuses %s", (_, wrong, message) => {
    expect(() => simulate(single, wrong, free)).toThrow(message);
  });

  it.each([
    [3, 3],
    [-1, 2],
    [0, 6],
    [0.5, 2],
  ])("refuses the window %d to %d", (fromRow, toRow) => {
    expect(() => simulate(single, targets([0], [1]), free, { fromRow, toRow })).toThrow(/no window/);
  });
});
