import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { randomMarket } from "../../../tests/support/random-market.ts";
import type { Bars } from "../market/bars.ts";
import { createPanel } from "../market/panel.ts";
import { simulate } from "./engine.ts";
import { CAUSE } from "./fills.ts";
import { type BacktestSettings, backtestSettingsSchema } from "./settings.ts";
import { type Simulation, totalCosts } from "./simulation.ts";
import { Stepper } from "./stepper.ts";
import type { Targets } from "./targets.ts";

const market = randomMarket();
const CENT = 0.005;

/** Everything that a simulation says, to be compared to the last bit. */
const bytes = (result: Simulation): unknown => ({
  ...result,
  cash: result.cash,
  exposure: result.exposure,
  turnover: result.turnover,
  trades: result.trades,
});

const scaledBars = (bars: Bars, scale: number): Bars => ({
  ...bars,
  open: bars.open.map((one) => one * scale),
  high: bars.high.map((one) => one * scale),
  low: bars.low.map((one) => one * scale),
  close: bars.close.map((one) => one * scale),
});

describe("simulate, at every setting", () => {
  it("explains the whole result by its round trips and its interest, and its costs by its fills", () => {
    fc.assert(
      fc.property(market, ({ panel, targets, settings }) => {
        const result = simulate(panel, targets, settings);
        const profit = result.trades.reduce((sum, trade) => sum + trade.profit, 0);
        const gain = (result.equity.at(-1) ?? NaN) - settings.capital;
        const interest = result.cashInterest - result.marginInterest - result.borrowCost;
        expect(Math.abs(profit + interest - gain)).toBeLessThan(CENT);
        expect(result.commission).toBeCloseTo(
          result.fills.commission.reduce((sum, one) => sum + one, 0),
          6,
        );
        for (const trade of result.trades) {
          expect(trade.exitRow).toBeGreaterThanOrEqual(trade.entryRow);
          expect(Math.sign(trade.shares)).not.toBe(0);
        }
        for (const cost of [
          "commission",
          "spread",
          "slippage",
          "impact",
          "borrowCost",
          "marginInterest",
        ] as const) {
          expect(result[cost]).toBeGreaterThanOrEqual(0);
        }
      }),
    );
  });

  it("fills at prices that traded, spread and the like apart, and no more than the volume lets through", () => {
    fc.assert(
      fc.property(market, ({ panel, targets, settings }) => {
        const { fills } = simulate(panel, targets, settings);
        const share = new Map<string, number>();
        for (let i = 0; i < fills.length; i += 1) {
          const s = fills.symbol[i] ?? -1;
          const row = fills.row[i] ?? -1;
          const bar = panel.barAt[s]?.[row] ?? -1;
          const bars = panel.bars[s];
          const forced = fills.cause[i] === CAUSE.delisting || fills.cause[i] === CAUSE.liquidation;
          if (forced || bars === undefined) continue;
          expect(bar).toBeGreaterThanOrEqual(0);
          const friction = (settings.halfSpreadBps + settings.slippageBps) * 1e-4;
          const widest = friction + (settings.impact > 0 ? 0.5 : 0) + 1e-12;
          expect(fills.price[i]).toBeLessThanOrEqual((bars.high[bar] ?? NaN) * (1 + widest));
          expect(fills.price[i]).toBeGreaterThanOrEqual((bars.low[bar] ?? NaN) * (1 - widest));
          const key = `${s} ${row}`;
          share.set(key, (share.get(key) ?? 0) + Math.abs(fills.shares[i] ?? NaN));
          if (settings.maxParticipation !== null) {
            const most = (bars.volume[bar] ?? NaN) * settings.maxParticipation;
            expect(share.get(key)).toBeLessThanOrEqual(most * (1 + 1e-12));
          }
          if (settings.wholeShares) expect(Number.isInteger(fills.shares[i])).toBe(true);
        }
      }),
    );
  });

  it("borrows no more for purchases than the leverage allows", () => {
    fc.assert(
      fc.property(market, ({ panel, targets, settings }) => {
        const weights = targets.weights.map((column) => column.map((one) => Math.abs(one)));
        // What a sale's least commission or the interest takes is owed, not borrowed for a purchase.
        const free = { ...settings, commissionMinimum: 0, marginRate: 0, maxLeverage: 1 };
        for (const cash of simulate(panel, { ...targets, weights }, free).cash) {
          expect(cash).toBeGreaterThan(-1e-6 * settings.capital);
        }
      }),
    );
  });

  it("is a prefix of the longer run", () => {
    fc.assert(
      fc.property(market, fc.nat(), ({ panel, targets, settings }, cut) => {
        const open = { ...settings, closeOut: false };
        const toRow = 1 + (cut % panel.rows);
        const long = simulate(panel, targets, open);
        const short = simulate(panel, targets, open, { fromRow: 0, toRow });
        expect(short.equity).toEqual(long.equity.subarray(0, toRow));
        expect(short.cash).toEqual(long.cash.subarray(0, toRow));
        expect(short.fills.price).toEqual(long.fills.price.subarray(0, short.fills.length));
        expect(short.fills.shares).toEqual(long.fills.shares.subarray(0, short.fills.length));
      }),
    );
  });

  it("looks at nothing ahead: other prices and volumes after a row change nothing up to it", () => {
    fc.assert(
      fc.property(market, fc.nat(), ({ panel, targets, settings }, cut) => {
        const row = cut % panel.rows;
        const now = panel.time[row] ?? NaN;
        const changed = createPanel(
          panel.bars.map((bars) => {
            const later = (column: Float64Array, factor: number): Float64Array =>
              column.map((one, i) => ((bars.time[i] ?? NaN) > now ? one * factor : one));
            return {
              ...bars,
              open: later(bars.open, 3),
              high: later(bars.high, 4),
              low: later(bars.low, 0.2),
              close: later(bars.close, 0.5),
              volume: later(bars.volume, 7),
            };
          }),
        );
        const before = simulate(panel, targets, settings);
        const after = simulate(changed, targets, settings);
        expect(after.equity.subarray(0, row + 1)).toEqual(before.equity.subarray(0, row + 1));
      }),
    );
  });

  it("does not depend on the currency: money scaled by a power of two scales the equity exactly", () => {
    fc.assert(
      fc.property(market, fc.constantFrom(0.5, 2, 1024), ({ panel, targets, settings }, scale) => {
        const other = createPanel(panel.bars.map((bars) => scaledBars(bars, scale)));
        const one = simulate(panel, targets, settings);
        const scaled = simulate(other, targets, {
          ...settings,
          capital: settings.capital * scale,
          commissionPerShare: settings.commissionPerShare * scale,
          commissionMinimum: settings.commissionMinimum * scale,
          commissionTiers: settings.commissionTiers.map((tier) => ({
            ...tier,
            fromNotional: tier.fromNotional * scale,
          })),
        });
        expect(scaled.equity).toEqual(one.equity.map((value) => value * scale));
        expect(scaled.fills.shares).toEqual(one.fills.shares);
      }),
    );
  });

  it("does not depend on the order of the symbols", () => {
    fc.assert(
      fc.property(market, ({ panel, targets, settings }) => {
        // Whole shares and least commissions turn a rounding error into a share or a fee.
        const free = { ...settings, wholeShares: false, commissionMinimum: 0 };
        const reversed = createPanel(panel.bars.toReversed());
        const one = simulate(panel, targets, free);
        const other = simulate(reversed, { ...targets, weights: targets.weights.toReversed() }, free);
        for (const [row, value] of one.equity.entries()) {
          expect(Math.abs(value - (other.equity[row] ?? NaN))).toBeLessThan(1e-6 * free.capital);
        }
      }),
    );
  });

  it("gives equal bytes bar by bar and in one pass", () => {
    fc.assert(
      fc.property(market, fc.nat(), ({ panel, targets, settings }, cut) => {
        const window = { fromRow: cut % (panel.rows - 1), toRow: panel.rows };
        const stepper = new Stepper(panel, settings, window);
        let entry = targets.rows.findIndex((row) => row >= window.fromRow);
        while (stepper.advance()) {
          if (targets.rows[entry] !== stepper.row) continue;
          for (const [s, column] of targets.weights.entries()) {
            const weight = column[entry] ?? NaN;
            if (!Number.isNaN(weight)) stepper.decide(s, weight);
          }
          entry += 1;
        }
        const stepped = bytes(stepper.simulation());
        const once = bytes(simulate(panel, decidedRows(targets, window.fromRow), settings, window));
        expect(stepped).toEqual(once);
      }),
      { numRuns: 300 },
    );
  });

  it("values cash and positions as equity, to the last bit", () => {
    fc.assert(
      fc.property(market, ({ panel, targets, settings }) => {
        const result = simulate(panel, targets, settings);
        const gross = result.exposure.map((one, i) => one * (result.equity[i] ?? NaN));
        for (const [row, cash] of result.cash.entries()) {
          if (gross[row] === 0) expect(cash).toBe(result.equity[row]);
        }
      }),
    );
  });
});

/** A row in which nothing is decided for any symbol is none to someone who decides bar by bar. */
function decidedRows({ rows, weights }: Targets, fromRow: number): Targets {
  const kept = [...rows.keys()].filter(
    (k) => (rows[k] ?? -1) >= fromRow && weights.some((column) => !Number.isNaN(column[k] ?? NaN)),
  );
  return {
    rows: Int32Array.from(kept, (k) => rows[k] ?? -1),
    weights: weights.map((column) => Float64Array.from(kept, (k) => column[k] ?? NaN)),
  };
}

describe("costs", () => {
  const free = backtestSettingsSchema.parse({ capital: 1e4, commission: 0, slippageBps: 0 });
  const cost = fc.oneof(
    fc.record({ commission: fc.double({ min: 0, max: 0.02, noNaN: true }) }),
    fc.record({ commissionPerShare: fc.double({ min: 0, max: 1, noNaN: true }) }),
    fc.record({ commissionMinimum: fc.double({ min: 0, max: 50, noNaN: true }) }),
    fc.record({ slippageBps: fc.double({ min: 0, max: 200, noNaN: true }) }),
    fc.record({ halfSpreadBps: fc.double({ min: 0, max: 200, noNaN: true }) }),
    fc.record({ impact: fc.double({ min: 0, max: 1, noNaN: true }) }),
  );

  it("never help: one purchase, held, is worth no more at any close with any one cost than without", () => {
    fc.assert(
      fc.property(randomMarket(fc.constant(free)), cost, ({ panel }, switched) => {
        const targets = {
          rows: Int32Array.of(0),
          weights: panel.symbols.map((_, s) => Float64Array.of(s === 0 ? 1 : NaN)),
        };
        const cheap = simulate(panel, targets, free);
        const costly = simulate(panel, targets, { ...free, ...switched });
        for (const [row, value] of costly.equity.entries()) {
          expect(value).toBeLessThanOrEqual((cheap.equity[row] ?? NaN) + 1e-9 * free.capital);
        }
      }),
    );
  });

  it("never help: the same orders for the same shares leave less at every close with more of them", () => {
    const holding: fc.Arbitrary<Partial<BacktestSettings>> = fc.constantFrom<Partial<BacktestSettings>>(
      { borrowRate: 0.3 },
      { marginRate: 0.3 },
      { commissionTiers: [{ fromNotional: 500, rate: 0.01 }] },
    );
    const orders = fc.array(
      fc.record({
        row: fc.nat(24),
        symbol: fc.nat(3),
        shares: fc.integer({ min: -20, max: 20 }).filter((one) => one !== 0),
      }),
      { maxLength: 12 },
    );
    fc.assert(
      fc.property(
        randomMarket(fc.constant(free)),
        fc.oneof(cost, holding),
        orders,
        ({ panel }, switched, placed) => {
          // Credit enough that no purchase is cut, so that both runs fill the same shares.
          const rich = { ...free, capital: 1e5, maxLeverage: 20, closeOut: false };
          const [cheap, costly] = [rich, { ...rich, ...switched }].map((settings) =>
            simulate(
              panel,
              {
                onBar: (desk) => {
                  for (const { row, symbol, shares } of placed) {
                    const name = panel.symbols[symbol % panel.symbols.length] ?? "";
                    if (row !== desk.bar) continue;
                    if (shares > 0) desk.buy(name, shares);
                    else desk.sell(name, -shares);
                  }
                },
              },
              settings,
            ),
          );
          if (cheap === undefined || costly === undefined) throw new Error("two runs");
          expect(costly.fills.shares).toEqual(cheap.fills.shares);
          for (const [row, value] of costly.equity.entries()) {
            expect(value).toBeLessThanOrEqual((cheap.equity[row] ?? NaN) + 1e-9 * rich.capital);
          }
          expect(totalCosts(costly)).toBeGreaterThanOrEqual(totalCosts(cheap) - 1e-9);
        },
      ),
    );
  });
});
