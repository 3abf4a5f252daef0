import * as fc from "fast-check";
import { type BacktestSettings, backtestSettingsSchema } from "../../src/domain/backtest/settings.ts";
import type { Targets } from "../../src/domain/backtest/targets.ts";
import { createPanel, type Panel } from "../../src/domain/market/panel.ts";
import { dailyBars } from "./daily-bars.ts";

export interface RandomMarket {
  readonly panel: Panel;
  readonly targets: Targets;
  readonly settings: BacktestSettings;
}

/** Evenly over a range; most of fast-check's doubles between 0 and 1 are all but 0. */
export function evenly(min: number, max: number): fc.Arbitrary<number> {
  return fc.integer({ min: Math.round(min * 1e6), max: Math.round(max * 1e6) }).map((value) => value / 1e6);
}

/** From the lowest to the highest; 0 is the middle. */
const swing = evenly(-1, 1);
const part = evenly(0, 0.2);
const weight = fc.oneof(fc.constant(NaN), fc.constant(0), evenly(-0.6, 1.2));
const day = fc.record({
  open: swing,
  close: swing,
  above: part,
  below: part,
  volume: fc.oneof(
    { weight: 9, arbitrary: fc.double({ min: 10, max: 1e5, noNaN: true }) },
    { weight: 1, arbitrary: fc.constant(0) },
  ),
  present: fc.boolean(),
});

/** Every switch of the engine, each on or off. */
export const anySettings: fc.Arbitrary<BacktestSettings> = fc
  .record({
    capital: fc.double({ min: 100, max: 1e6, noNaN: true }),
    fill: fc.constantFrom("next-open" as const, "close" as const),
    latencyBars: fc.constantFrom(0, 0, 1, 3),
    commission: fc.constantFrom(0, 0.0005, 0.01),
    commissionPerShare: fc.constantFrom(0, 0.005),
    commissionMinimum: fc.constantFrom(0, 1),
    commissionTiers: fc.constantFrom([], [{ fromNotional: 1000, rate: 0.02 }]),
    halfSpreadBps: fc.constantFrom(0, 5),
    slippageBps: fc.constantFrom(0, 2, 100),
    impact: fc.constantFrom(0, 0.7),
    maxParticipation: fc.constantFrom(null, 0.1),
    borrowRate: fc.constantFrom(0, 0.5),
    cashRate: fc.constantFrom(0, 0.3),
    marginRate: fc.constantFrom(0, 0.8),
    maxLeverage: fc.constantFrom(1, 2),
    maintenanceMargin: fc.constantFrom(0, 0.3),
    stopLoss: fc.constantFrom(null, 0.1),
    takeProfit: fc.constantFrom(null, 0.15),
    trailingStop: fc.constantFrom(null, 0.12),
    wholeShares: fc.boolean(),
    closeOut: fc.boolean(),
  })
  .map((given) => backtestSettingsSchema.parse(given));

/**
 * Up to four symbols with missing bars, late listings and early ends, and decisions on some of the rows. Prices leap
 * between 5 and 50, or in a calm market move by 5 % at most.
 */
export function randomMarket(
  settings: fc.Arbitrary<BacktestSettings> = anySettings,
  mostSymbols = 4,
): fc.Arbitrary<RandomMarket> {
  return fc
    .record({ symbols: fc.integer({ min: 1, max: mostSymbols }), days: fc.integer({ min: 3, max: 25 }) })
    .chain(({ symbols, days }) =>
      fc.record({
        bars: fc.array(fc.array(day, { minLength: days, maxLength: days }), {
          minLength: symbols,
          maxLength: symbols,
        }),
        decided: fc.array(fc.boolean(), { minLength: days, maxLength: days }),
        weights: fc.array(fc.array(weight, { minLength: days, maxLength: days }), {
          minLength: symbols,
          maxLength: symbols,
        }),
        calm: fc.boolean(),
        settings,
      }),
    )
    .map(({ bars, decided, weights, calm, settings }) => {
      const panel = createPanel(
        bars.map((days, s) => {
          const given = priced(days, calm);
          // The first symbol has every bar, so that rows are days; none is without any bar.
          const kept = [...given.entries()].filter(([i, one]) => s === 0 || one.present || i === 1);
          const column = (read: (one: (typeof given)[number]) => number): Float64Array =>
            Float64Array.from(kept, ([, one]) => read(one));
          return dailyBars(
            `S${s}`,
            {
              open: column((one) => one.open),
              close: column((one) => one.close),
              high: column((one) => Math.max(one.open, one.close) * (1 + one.above)),
              low: column((one) => Math.min(one.open, one.close) * (1 - one.below)),
              // Without any volume there would be nothing to measure against.
              volume: column((one) => (one === given[1] ? Math.max(10, one.volume) : one.volume)),
            },
            kept.map(([i]) => i),
          );
        }),
      );
      const rows = decided.flatMap((yes, row) => (yes ? [row] : []));
      return {
        panel,
        settings,
        targets: {
          rows: Int32Array.from(rows),
          weights: weights.map((column) => Float64Array.from(rows, (row) => column[row] ?? NaN)),
        },
      };
    });
}

/** Swings as prices. */
function priced<D extends { readonly open: number; readonly close: number }>(
  days: readonly D[],
  calm: boolean,
): D[] {
  let price = 27.5;
  const next = (swing: number): number => (price = calm ? price * (1 + 0.05 * swing) : 27.5 + 22.5 * swing);
  return days.map((day) => ({ ...day, open: next(day.open), close: next(day.close) }));
}
