import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { plainAccount } from "../../../tests/support/plain-account.ts";
import { randomMarket } from "../../../tests/support/random-market.ts";
import { createPanel } from "../market/panel.ts";
import type { Steps } from "./decisions.ts";
import { simulate } from "./engine.ts";
import { CAUSE } from "./fills.ts";
import type { OrderTerms } from "./order.ts";

interface Placed {
  readonly bar: number;
  readonly symbol: number;
  readonly shares: number;
  /** Prices as multiples of the close at which the order is placed. */
  readonly terms: OrderTerms;
  readonly cancelAfter: number;
}

const above = fc.double({ min: 1.01, max: 1.3, noNaN: true });
const below = fc.double({ min: 0.7, max: 0.99, noNaN: true });
const near = fc.double({ min: 0.8, max: 1.2, noNaN: true });
const terms: fc.Arbitrary<OrderTerms> = fc.oneof(
  fc.constant({}),
  fc.record({ limit: near, day: fc.boolean() }),
  fc.record({ stop: near }),
  fc.record({ stop: near, limit: near }),
  fc.record({ trail: fc.double({ min: 0.01, max: 0.2, noNaN: true }) }),
  fc.record({ stopLoss: below, takeProfit: above }),
  fc.record({ limit: near, stopLoss: below, takeProfit: above }),
  fc.record({ stop: near, stopLoss: below, takeProfit: above, day: fc.boolean() }),
);
const orders: fc.Arbitrary<Placed[]> = fc.array(
  fc.record({
    bar: fc.nat(24),
    symbol: fc.nat(3),
    shares: fc.integer({ min: -60, max: 60 }).filter((one) => one !== 0),
    terms,
    cancelAfter: fc.integer({ min: 1, max: 12 }),
  }),
  { maxLength: 15 },
);

/** A rule that places orders at prices around the close, and cancels them some bars later. */
function placing(placed: readonly Placed[], symbols: readonly string[]): Steps {
  return {
    onBar: (desk) => {
      for (const [i, one] of placed.entries()) {
        const symbol = symbols[one.symbol % symbols.length] ?? "";
        const close = desk.price(symbol);
        if (desk.bar === one.bar + one.cancelAfter) desk.cancel(Number(desk.notes.get(`order ${i}`) ?? NaN));
        if (desk.bar !== one.bar || !(close > 0)) continue;
        const { trail, day, ...prices } = one.terms;
        const short = one.shares < 0;
        const scaled = Object.fromEntries(
          Object.entries(prices).map(([name, value]) => {
            const exit = name === "stopLoss" || name === "takeProfit";
            return [name, close * (exit && short ? 2 - value : value)];
          }),
        );
        const given = { ...scaled, ...(trail === undefined ? { day: day ?? false } : { trail }) };
        const id = short ? desk.sell(symbol, -one.shares, given) : desk.buy(symbol, one.shares, given);
        desk.notes.set(`order ${i}`, id);
      }
    },
  };
}

describe("orders, at every setting", () => {
  it("account for every cent", () => {
    fc.assert(
      fc.property(randomMarket(), orders, ({ panel, settings }, placed) => {
        const result = simulate(panel, placing(placed, panel.symbols), settings);
        const plain = plainAccount(panel, settings, result);
        for (let row = 0; row < panel.rows; row += 1) {
          expect(Math.abs((plain.equity[row] ?? NaN) - (result.equity[row] ?? NaN))).toBeLessThan(0.005);
          expect(Math.abs((plain.cash[row] ?? NaN) - (result.cash[row] ?? NaN))).toBeLessThan(0.005);
        }
        const profit = result.trades.reduce((sum, trade) => sum + trade.profit, 0);
        const interest = result.cashInterest - result.marginInterest - result.borrowCost;
        const gain = (result.equity.at(-1) ?? NaN) - settings.capital;
        expect(Math.abs(profit + interest - gain)).toBeLessThan(0.005);
      }),
      { numRuns: 300 },
    );
  });

  it("are filled within the bar, and no more than the volume lets through", () => {
    fc.assert(
      fc.property(randomMarket(), orders, ({ panel, settings }, placed) => {
        const { fills } = simulate(panel, placing(placed, panel.symbols), settings);
        const filled = new Map<string, number>();
        for (let i = 0; i < fills.length; i += 1) {
          const s = fills.symbol[i] ?? -1;
          const bars = panel.bars[s];
          const bar = panel.barAt[s]?.[fills.row[i] ?? -1] ?? -1;
          if (fills.cause[i] === CAUSE.delisting || fills.cause[i] === CAUSE.liquidation) continue;
          const widest = 0.011 + (settings.impact > 0 ? 0.5 : 0);
          expect(fills.price[i]).toBeLessThanOrEqual((bars?.high[bar] ?? NaN) * (1 + widest));
          expect(fills.price[i]).toBeGreaterThanOrEqual((bars?.low[bar] ?? NaN) * (1 - widest));
          const key = `${s} ${bar}`;
          filled.set(key, (filled.get(key) ?? 0) + Math.abs(fills.shares[i] ?? NaN));
          const most = (bars?.volume[bar] ?? NaN) * (settings.maxParticipation ?? Infinity);
          expect(filled.get(key)).toBeLessThanOrEqual(most * (1 + 1e-9));
        }
      }),
    );
  });

  it("are the prefix of a longer run, and look at nothing ahead", () => {
    fc.assert(
      fc.property(randomMarket(), orders, fc.nat(), ({ panel, settings }, placed, cut) => {
        const row = cut % panel.rows;
        const now = panel.time[row] ?? NaN;
        const open = { ...settings, closeOut: false };
        const rule = placing(placed, panel.symbols);
        const long = simulate(panel, rule, open);
        const short = simulate(panel, rule, open, { fromRow: 0, toRow: row + 1 });
        expect(short.equity).toEqual(long.equity.subarray(0, row + 1));
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
        const after = simulate(changed, rule, open);
        expect(after.equity.subarray(0, row + 1)).toEqual(long.equity.subarray(0, row + 1));
      }),
    );
  });
});
