import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { randomMarket } from "../../../tests/support/random-market.ts";
import { anyPlan, ruleOf } from "../../../tests/support/random-orders.ts";
import { createPanel } from "../market/panel.ts";
import { simulate } from "./engine.ts";
import { CAUSE } from "./fills.ts";

describe("orders, at every setting", () => {
  it("are explained by their round trips and interest", () => {
    fc.assert(
      fc.property(randomMarket(), anyPlan, ({ panel, settings }, plan) => {
        const result = simulate(panel, { onBar: ruleOf(plan, settings) }, settings);
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
      fc.property(randomMarket(), anyPlan, ({ panel, settings }, plan) => {
        const { fills } = simulate(panel, { onBar: ruleOf(plan, settings) }, settings);
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
          if (settings.maxParticipation === null) continue;
          const most = (bars?.volume[bar] ?? NaN) * settings.maxParticipation;
          expect(filled.get(key)).toBeLessThanOrEqual(most * (1 + 1e-9));
        }
      }),
    );
  });

  it("are the prefix of a longer run, and look at nothing ahead", () => {
    fc.assert(
      fc.property(randomMarket(), anyPlan, fc.nat(), ({ panel, settings }, plan, cut) => {
        const row = cut % panel.rows;
        const now = panel.time[row] ?? NaN;
        const open = { ...settings, closeOut: false };
        const steps = { onBar: ruleOf(plan, settings) };
        const long = simulate(panel, steps, open);
        const short = simulate(panel, steps, open, { fromRow: 0, toRow: row + 1 });
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
        const after = simulate(changed, steps, open);
        expect(after.equity.subarray(0, row + 1)).toEqual(long.equity.subarray(0, row + 1));
      }),
    );
  });
});
