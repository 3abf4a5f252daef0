import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { dailyBars } from "../../../tests/support/daily-bars.ts";
import { createPanel, type Panel } from "../market/panel.ts";
import { simulate } from "./engine.ts";
import type { BacktestSettings } from "./settings.ts";
import type { Targets } from "./targets.ts";

interface Market {
  readonly panel: Panel;
  readonly targets: Targets;
  readonly settings: BacktestSettings;
}

const price = fc.double({ min: 1, max: 500, noNaN: true });
const weight = fc.oneof(fc.constant(NaN), fc.constant(0), fc.double({ min: -0.6, max: 1, noNaN: true }));

/** Up to four symbols with missing bars and late listings, and decisions on some of the rows. */
const market: fc.Arbitrary<Market> = fc
  .record({ symbols: fc.integer({ min: 1, max: 4 }), days: fc.integer({ min: 3, max: 25 }) })
  .chain(({ symbols, days }) =>
    fc.record({
      bars: fc.array(
        fc.array(fc.record({ open: price, close: price, present: fc.boolean() }), {
          minLength: days,
          maxLength: days,
        }),
        { minLength: symbols, maxLength: symbols },
      ),
      decided: fc.array(fc.boolean(), { minLength: days, maxLength: days }),
      weights: fc.array(fc.array(weight, { minLength: days, maxLength: days }), {
        minLength: symbols,
        maxLength: symbols,
      }),
      settings: fc.record({
        capital: fc.double({ min: 100, max: 1e6, noNaN: true }),
        fill: fc.constantFrom("next-open" as const, "close" as const),
        commission: fc.constantFrom(0, 0.0005, 0.01),
        slippageBps: fc.constantFrom(0, 2, 100),
        wholeShares: fc.boolean(),
        closeOut: fc.boolean(),
        riskFreeRate: fc.constant(0),
      }),
    }),
  )
  .map(({ bars, decided, weights, settings }) => {
    const panel = createPanel(
      bars.map((days, s) => {
        // The first symbol has every bar, so that rows are days.
        const kept = days.flatMap((day, i) => (s === 0 || day.present ? [{ ...day, i }] : []));
        return dailyBars(
          `S${s}`,
          {
            open: Float64Array.from(kept, ({ open }) => open),
            close: Float64Array.from(kept, ({ close }) => close),
          },
          kept.map(({ i }) => i),
        );
      }),
    );
    const rows = decided.flatMap((yes, row) => (yes ? [row] : []));
    const targets = {
      rows: Int32Array.from(rows),
      weights: weights.map((column) => Float64Array.from(rows, (row) => column[row] ?? NaN)),
    };
    return { panel, targets, settings };
  });

const fromFills = ({ panel, settings }: Market, result: ReturnType<typeof simulate>): number[] => {
  const shares = panel.symbols.map(() => 0);
  const last = panel.symbols.map(() => 0);
  let cash = settings.capital;
  let fill = 0;
  return Array.from({ length: panel.rows }, (_, row) => {
    for (; fill < result.fills.length && result.fills.row[fill] === row; fill += 1) {
      const s = result.fills.symbol[fill] ?? -1;
      const bought = result.fills.shares[fill] ?? NaN;
      cash -= bought * (result.fills.price[fill] ?? NaN) + (result.fills.commission[fill] ?? NaN);
      shares[s] = (shares[s] ?? NaN) + bought;
    }
    let value = cash;
    for (const [s, bars] of panel.bars.entries()) {
      const bar = panel.barAt[s]?.[row] ?? -1;
      if (bar >= 0) last[s] = bars.close[bar] ?? NaN;
      value += (shares[s] ?? NaN) * (last[s] ?? NaN);
    }
    return value;
  });
};

describe("simulate", () => {
  it("accounts for every cent: the fills alone rebuild the equity", () => {
    fc.assert(
      fc.property(market, (given) => {
        const result = simulate(given.panel, given.targets, given.settings);
        const rebuilt = fromFills(given, result);
        for (const [row, value] of rebuilt.entries()) {
          expect(Math.abs(value - (result.equity[row] ?? NaN))).toBeLessThan(0.005);
        }
      }),
    );
  });

  it("explains the whole result by its round trips and its costs by its fills", () => {
    fc.assert(
      fc.property(market, (given) => {
        const result = simulate(given.panel, given.targets, given.settings);
        const profit = result.trades.reduce((sum, trade) => sum + trade.profit, 0);
        const gain = (result.equity.at(-1) ?? NaN) - given.settings.capital;
        expect(Math.abs(profit - gain)).toBeLessThan(0.005);
        const paid = result.fills.commission.reduce((sum, one) => sum + one, 0);
        expect(result.commission).toBeCloseTo(paid, 6);
        for (const trade of result.trades) {
          expect(trade.exitRow).toBeGreaterThanOrEqual(trade.entryRow);
          expect(Math.sign(trade.shares)).not.toBe(0);
        }
      }),
    );
  });

  it("borrows nothing for purchases: long only, the cash stays at zero or above", () => {
    fc.assert(
      fc.property(market, (given) => {
        const weights = given.targets.weights.map((column) => column.map((one) => Math.abs(one)));
        const result = simulate(given.panel, { ...given.targets, weights }, given.settings);
        for (const cash of result.cash) expect(cash).toBeGreaterThan(-1e-6 * given.settings.capital);
      }),
    );
  });

  it("trades whole shares only where told to", () => {
    fc.assert(
      fc.property(market, (given) => {
        const result = simulate(given.panel, given.targets, { ...given.settings, wholeShares: true });
        for (const shares of result.fills.shares) expect(Number.isInteger(shares)).toBe(true);
      }),
    );
  });

  it("is a prefix of the longer run", () => {
    fc.assert(
      fc.property(market, fc.nat(), (given, cut) => {
        const settings = { ...given.settings, closeOut: false };
        const toRow = 1 + (cut % given.panel.rows);
        const long = simulate(given.panel, given.targets, settings);
        const short = simulate(given.panel, given.targets, settings, { fromRow: 0, toRow });
        expect([...short.equity]).toEqual([...long.equity.subarray(0, toRow)]);
        expect([...short.fills.shares]).toEqual([...long.fills.shares.subarray(0, short.fills.length)]);
      }),
    );
  });

  it("looks at nothing ahead: other prices after a row change nothing up to it", () => {
    fc.assert(
      fc.property(market, fc.nat(), (given, cut) => {
        const row = cut % given.panel.rows;
        const now = given.panel.time[row] ?? NaN;
        const changed = createPanel(
          given.panel.bars.map((bars) => ({
            ...bars,
            open: bars.open.map((one, i) => ((bars.time[i] ?? NaN) > now ? one * 3 : one)),
            close: bars.close.map((one, i) => ((bars.time[i] ?? NaN) > now ? one / 2 : one)),
          })),
        );
        const settings = { ...given.settings, closeOut: true };
        const before = simulate(given.panel, given.targets, settings);
        const after = simulate(changed, given.targets, settings);
        expect([...after.equity.subarray(0, row + 1)]).toEqual([...before.equity.subarray(0, row + 1)]);
      }),
    );
  });

  it("does not depend on the currency: prices and capital scaled alike scale the equity", () => {
    fc.assert(
      fc.property(market, fc.constantFrom(0.25, 2, 1024), (given, scale) => {
        const scaled = createPanel(
          given.panel.bars.map((bars) => ({
            ...bars,
            open: bars.open.map((one) => one * scale),
            close: bars.close.map((one) => one * scale),
          })),
        );
        const settings = { ...given.settings, capital: given.settings.capital * scale };
        const one = simulate(given.panel, given.targets, given.settings);
        const other = simulate(scaled, given.targets, settings);
        // Powers of two scale floating-point numbers exactly.
        expect([...other.equity]).toEqual([...one.equity].map((value) => value * scale));
        expect([...other.fills.shares]).toEqual([...one.fills.shares]);
      }),
    );
  });

  it("does not depend on the order of the symbols", () => {
    fc.assert(
      fc.property(market, (given) => {
        const settings = { ...given.settings, wholeShares: false };
        const panel = createPanel(given.panel.bars.toReversed());
        const targets = { ...given.targets, weights: given.targets.weights.toReversed() };
        const one = simulate(given.panel, given.targets, settings);
        const other = simulate(panel, targets, settings);
        for (const [row, value] of one.equity.entries()) {
          expect(Math.abs(value - (other.equity[row] ?? NaN))).toBeLessThan(1e-6 * settings.capital);
        }
      }),
    );
  });

  it("never gains from costs: a purchase that is sold again ends lower the more it costs", () => {
    fc.assert(
      fc.property(
        market,
        fc.double({ min: 0, max: 0.02, noNaN: true }),
        fc.double({ min: 0, max: 200, noNaN: true }),
        (given, commission, slippageBps) => {
          const rows = given.panel.rows;
          const targets = {
            rows: Int32Array.of(0),
            weights: given.panel.symbols.map((_, s) => Float64Array.of(s === 0 ? 1 : NaN)),
          };
          const settings = { ...given.settings, wholeShares: false, closeOut: true };
          const free = simulate(given.panel, targets, { ...settings, commission: 0, slippageBps: 0 });
          const costly = simulate(given.panel, targets, { ...settings, commission, slippageBps });
          for (let row = 0; row < rows; row += 1) {
            expect(costly.equity[row]).toBeLessThanOrEqual(
              (free.equity[row] ?? NaN) + 1e-9 * settings.capital,
            );
          }
        },
      ),
    );
  });
});
