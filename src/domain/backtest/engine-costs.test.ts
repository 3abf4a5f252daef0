import { describe, expect, it } from "vitest";
import { dailyBars, type Prices } from "../../../tests/support/daily-bars.ts";
import { createPanel, type Panel } from "../market/panel.ts";
import { simulate } from "./engine.ts";
import { type BacktestSettings, backtestSettingsSchema } from "./settings.ts";
import type { Simulation } from "./simulation.ts";
import type { Targets } from "./targets.ts";

const column = (...values: number[]): Float64Array => Float64Array.from(values);

const settings = (given: object): BacktestSettings =>
  backtestSettingsSchema.parse({ capital: 1000, commission: 0, slippageBps: 0, closeOut: false, ...given });

const targets = (rows: number[], ...weights: number[][]): Targets => ({
  rows: Int32Array.from(rows),
  weights: weights.map((one) => Float64Array.from(one)),
});

const one = (prices: Prices): Panel => createPanel([dailyBars("A", prices)]);

/** A price of 10 for so many days, and a volume. */
const flat = (days: number, volume = 1e6): Prices => ({
  open: new Float64Array(days).fill(10),
  close: new Float64Array(days).fill(10),
  volume: new Float64Array(days).fill(volume),
});

const shares = (result: Simulation): number[] => [...result.fills.shares];

describe("latency", () => {
  const panel = one({ open: column(10, 20, 25, 40, 50), close: column(11, 22, 24, 44, 55) });

  it("fills so many bars after the next open", () => {
    const result = simulate(panel, targets([0], [1]), settings({ latencyBars: 2 }));
    expect([...result.fills.row]).toEqual([3]);
    expect(result.fills.price[0]).toBe(40);
  });

  it("fills so many bars after the deciding close, where closes are filled at", () => {
    const result = simulate(panel, targets([0], [1]), settings({ latencyBars: 2, fill: "close" }));
    expect([...result.fills.row]).toEqual([2]);
    expect(result.fills.price[0]).toBe(24);
  });

  it("fills decisions one after the other, each at its time, and counts those still under way", () => {
    const result = simulate(panel, targets([0, 1, 2, 3], [1, 0, 1, 0]), settings({ latencyBars: 1 }));
    expect([...result.fills.row]).toEqual([2, 3, 4]);
    expect(result.decisions).toBe(4);
    expect(result.unfilled).toBe(1);
  });
});

describe("commission", () => {
  it("is charged per share and at least the minimum, and sizes leave room for it", () => {
    // 990 / 10 = 99 shares and 10 of minimum commission: 99 x 0.05 = 4.95 would be less.
    const result = simulate(
      one(flat(4)),
      targets([0, 1], [1, 0]),
      settings({ commissionPerShare: 0.05, commissionMinimum: 10 }),
    );
    expect(shares(result)).toEqual([99, -99]);
    expect([...result.fills.commission]).toEqual([10, 10]);
    expect([...result.cash]).toEqual([1000, 0, 980, 980]);
  });

  it("counts shares where those cost more than the minimum", () => {
    // n x (10 + 0.5) = 1000
    const result = simulate(
      one(flat(3)),
      targets([0], [1]),
      settings({ commissionPerShare: 0.5, commissionMinimum: 10 }),
    );
    expect(result.fills.shares[0]).toBeCloseTo(1000 / 10.5, 12);
    expect(result.commission).toBeCloseTo((0.5 * 1000) / 10.5, 12);
    expect(result.cash[1]).toBeCloseTo(0, 9);
  });

  it("falls by the tiers that earlier bars have reached", () => {
    const result = simulate(
      one(flat(6)),
      targets([0, 1, 2, 3], [0.5, 0, 0.5, 0]),
      settings({
        capital: 2000,
        commission: 0.01,
        wholeShares: true,
        commissionTiers: [{ fromNotional: 1500, rate: 0.001 }],
      }),
    );
    // 99, -99, then 980 + 990 were traded: the third and fourth fill pay a tenth.
    expect(shares(result)).toEqual([99, -99, 98, -98]);
    expect(result.fills.commission[0]).toBeCloseTo(9.9, 12);
    expect(result.fills.commission[1]).toBeCloseTo(9.9, 12);
    expect(result.fills.commission[2]).toBeCloseTo(0.98, 12);
    expect(result.fills.commission[3]).toBeCloseTo(0.98, 12);
  });

  it("leaves alone what the minimum commission would eat up", () => {
    const result = simulate(one(flat(3)), targets([0], [0.01]), settings({ commissionMinimum: 10 }));
    expect(result.fills.length).toBe(0);
  });
});

describe("spread, slippage and impact", () => {
  it("add up in the price and are told apart in the totals", () => {
    const result = simulate(
      one(flat(4)),
      targets([0, 1], [0.5, 0]),
      settings({ halfSpreadBps: 30, slippageBps: 10, wholeShares: true }),
    );
    // 500 / (10 x 1.004) = 49 whole shares.
    expect(shares(result)).toEqual([49, -49]);
    expect(result.fills.price[0]).toBeCloseTo(10.04, 12);
    expect(result.fills.price[1]).toBeCloseTo(9.96, 12);
    expect(result.spread).toBeCloseTo(2 * 49 * 0.03, 9);
    expect(result.slippage).toBeCloseTo(2 * 49 * 0.01, 9);
    expect(result.equity.at(-1)).toBeCloseTo(1000 - result.spread - result.slippage, 9);
  });

  it("moves the price by the bars before the fill's own", () => {
    // Closes 10, 11, 10, 11: returns 0.1, -1/11, 0.1; volumes 100, 200, 300, 400: 250 on average.
    const returns = [0.1, 10 / 11 - 1, 0.1];
    const mean = (0.2 + 10 / 11 - 1) / 3;
    const deviation = Math.sqrt(returns.reduce((sum, r) => sum + (r - mean) ** 2, 0) / 2);
    const panel = one({
      open: column(10, 10, 10, 10, 10, 10),
      close: column(10, 11, 10, 11, 500, 500),
      volume: column(100, 200, 300, 400, 9, 9),
    });
    const result = simulate(panel, targets([3], [0.25]), settings({ impact: 0.5, wholeShares: true }));
    const bought = result.fills.shares[0] ?? NaN;
    const impact = 0.5 * deviation * Math.sqrt(bought / 250);
    expect(bought).toBe(24);
    expect(result.fills.price[0]).toBeCloseTo(10 * (1 + impact), 12);
    expect(result.impact).toBeCloseTo(bought * 10 * impact, 9);
    expect(result.unmeasuredImpacts).toBe(0);
  });

  it("counts the fills whose impact there is nothing to measure by, and no size that was not traded", () => {
    const result = simulate(one(flat(4)), targets([0], [0.5]), settings({ impact: 1 }));
    expect(result.unmeasuredImpacts).toBe(1);
    const kept = simulate(
      one(flat(4)),
      targets([0, 1], [0.5, 0.5]),
      settings({ impact: 1, commission: 0.01 }),
    );
    expect(kept.fills.length).toBe(1);
    expect(kept.unmeasuredImpacts).toBe(1);
    expect(result.fills.price[0]).toBe(10);
  });

  it("refuses what volumes are needed for where there are none", () => {
    expect(() => simulate(one(flat(4, 0)), targets([0], [1]), settings({ impact: 1 }))).toThrow(
      expect.objectContaining({ code: "DATA_INSUFFICIENT" }),
    );
  });
});

describe("the participation cap", () => {
  it("carries the rest to the next bars, sized anew", () => {
    const panel = one({
      open: column(10, 10, 10, 5, 5),
      close: column(10, 10, 10, 5, 5),
      volume: column(400, 400, 400, 400, 400),
    });
    const result = simulate(panel, targets([0], [1]), settings({ maxParticipation: 0.1 }));
    // 40 a bar; at 5 the equity is 200 + 80 x 5 = 600, or 120 shares, of which 80 are held.
    expect(shares(result)).toEqual([40, 40, 40]);
    expect([...result.cash]).toEqual([1000, 600, 200, 0, 0]);
    expect(result.volumeCuts).toBe(2);
    expect(result.unfilled).toBe(0);
  });

  it("drops the rest where a newer decision replaces it", () => {
    const panel = one(flat(6, 400));
    const result = simulate(panel, targets([0, 1], [1, 0]), settings({ maxParticipation: 0.1 }));
    expect(shares(result)).toEqual([40, -40]);
  });

  it("counts whole shares, and tells what was never filled", () => {
    const panel = one(flat(3, 55));
    const result = simulate(
      panel,
      targets([0], [1]),
      settings({ maxParticipation: 0.1, wholeShares: true, closeOut: true }),
    );
    // 5 of 5.5 allowed are bought; the window's end sells them again.
    expect(shares(result)).toEqual([5, -5]);
    expect(result.unfilled).toBe(0);
  });
});

describe("interest", () => {
  const DAY = 1 / 365;

  it("is earned on cash, by the days between closes", () => {
    const panel = createPanel([dailyBars("A", flat(3), [0, 1, 4])]);
    const result = simulate(panel, targets([], []), settings({ cashRate: 0.05 }));
    const first = 1000 * (1 + 0.05 * DAY);
    expect(result.cash[0]).toBe(1000);
    expect(result.cash[1]).toBeCloseTo(first, 9);
    expect(result.cash[2]).toBeCloseTo(first * (1 + 0.05 * 3 * DAY), 9);
    expect(result.cashInterest).toBeCloseTo((result.equity[2] ?? NaN) - 1000, 9);
  });

  it("is paid on shorts at their value, whose proceeds earn nothing", () => {
    const panel = one({ open: column(10, 10, 20, 20), close: column(10, 20, 20, 20) });
    const result = simulate(panel, targets([0], [-0.5]), settings({ cashRate: 0.05, borrowRate: 0.1 }));
    // 50 short at 10; worth 1,000 at the closes from day 1 on. Cash 1,500 less that: 500 earn.
    const started = 1000 * (1 + 0.05 * DAY);
    const held = (started * 0.5) / 10;
    const cash = started + held * 10;
    const next = cash + (cash - held * 20) * 0.05 * DAY - held * 20 * 0.1 * DAY;
    expect(result.cash[1]).toBeCloseTo(cash, 9);
    expect(result.cash[2]).toBeCloseTo(next, 9);
    expect(result.borrowCost).toBeGreaterThan(0);
  });

  it("is paid on borrowed cash, which leverage allows", () => {
    const panel = one({ open: column(10, 10, 10, 10), close: column(10, 10, 10, 10) });
    const result = simulate(panel, targets([0], [3]), settings({ maxLeverage: 2, marginRate: 0.1 }));
    expect(shares(result)).toEqual([200]);
    expect(result.cash[1]).toBeCloseTo(-1000, 9);
    expect(result.cash[2]).toBeCloseTo(-1000 * (1 + 0.1 * DAY), 9);
    expect(result.marginInterest).toBeCloseTo(1000 - (result.equity[3] ?? NaN), 9);
    expect(result.cashShortRows).toBe(1);
  });
});

describe("the maintenance margin", () => {
  it("closes everything at the close that misses it, and lets later decisions trade", () => {
    const panel = one({ open: column(10, 10, 8, 8, 8, 8), close: column(10, 10, 6, 8, 8, 8) });
    const result = simulate(
      panel,
      targets([0, 3], [2, 0.5]),
      settings({ maxLeverage: 2, maintenanceMargin: 0.25 }),
    );
    // 200 shares and a debt of 1,000: at 6 the equity of 200 is a sixth of 1,200.
    expect(shares(result)).toEqual([200, -200, 12.5]);
    expect([...result.fills.row]).toEqual([1, 2, 4]);
    expect([...result.equity]).toEqual([1000, 1000, 200, 200, 200, 200]);
    expect(result.liquidations).toBe(1);
    expect(result.ruinedRow).toBeNull();
  });

  it("holds for shorts", () => {
    const panel = one({ open: column(10, 10, 16), close: column(10, 10, 16) });
    const result = simulate(panel, targets([0], [-1]), settings({ maintenanceMargin: 0.3 }));
    // 100 short: at 16 the equity of 400 is a quarter of 1,600.
    expect(shares(result)).toEqual([-100, 100]);
    expect(result.liquidations).toBe(1);
  });
});

describe("a symbol whose bars end", () => {
  const panel = createPanel([
    dailyBars("A", flat(5)),
    dailyBars("B", { open: column(10, 10, 12), close: column(10, 10, 14) }),
  ]);

  it("is paid out at its last close, without costs, once it has no bar any more", () => {
    const result = simulate(panel, targets([0, 2], [NaN, NaN], [0.5, 0.9]), settings({ slippageBps: 100 }));
    const held = 500 / (10 * 1.01);
    expect([...result.fills.row]).toEqual([1, 3]);
    expect(result.fills.price[1]).toBe(14);
    expect(result.delisted).toEqual([1]);
    expect(result.unfilled).toBe(1);
    expect(result.equity.at(-1)).toBeCloseTo(1000 - held * 10.1 + held * 14, 9);
    expect(result.exposure[3]).toBe(0);
    expect(result.trades[0]).toMatchObject({ exitRow: 3, open: false });
  });

  it("is not while the window ends before its bars do", () => {
    const window = { fromRow: 0, toRow: 3 };
    const result = simulate(panel, targets([0], [NaN], [0.5]), settings({}), window);
    expect(result.delisted).toEqual([]);
    expect(result.trades[0]).toMatchObject({ open: true });
  });
});
