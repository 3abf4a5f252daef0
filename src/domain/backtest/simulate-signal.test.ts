import { isDeepStrictEqual } from "node:util";
import * as fc from "fast-check";
import { expect, it } from "vitest";
import { dailyBars } from "../../../tests/support/daily-bars.ts";
import { createPanel, type Panel } from "../market/panel.ts";
import { SignalSource } from "./decision-source.ts";
import type { RowWindow } from "./row-window.ts";
import { type BacktestSettings, backtestSettingsSchema } from "./settings.ts";
import type { Signal } from "./signal.ts";
import { simulateSignal } from "./simulate-signal.ts";
import { RowEngine } from "./row-engine.ts";

interface Case {
  readonly panel: Panel;
  readonly signal: Signal;
  readonly settings: BacktestSettings;
  readonly window: RowWindow;
}

/** From calm to leaps that ruin a short within a day. */
const move = fc.oneof(
  { weight: 8, arbitrary: fc.double({ min: -0.05, max: 0.05, noNaN: true }) },
  { weight: 2, arbitrary: fc.double({ min: -0.9, max: 2.5, noNaN: true }) },
);

const market: fc.Arbitrary<Case> = fc
  .integer({ min: 2, max: 30 })
  .chain((rows) =>
    fc.record({
      nights: fc.array(move, { minLength: rows, maxLength: rows }),
      days: fc.array(move, { minLength: rows, maxLength: rows }),
      sides: fc.array(fc.constantFrom(null, null, 0, 1, -1, -1), { minLength: rows, maxLength: rows }),
      from: fc.integer({ min: 0, max: rows - 2 }),
      length: fc.integer({ min: 1, max: rows }),
      settings: fc.record({
        capital: fc.double({ min: 100, max: 1e6, noNaN: true }),
        fill: fc.constantFrom("next-open" as const, "close" as const),
        latencyBars: fc.constantFrom(0, 0, 1, 3),
        commission: fc.constantFrom(0, 0.0005, 0.01, 0.1),
        halfSpreadBps: fc.constantFrom(0, 1.5, 100),
        slippageBps: fc.constantFrom(0, 2, 100, 1000),
        closeOut: fc.boolean(),
      }),
    }),
  )
  .map(({ nights, days, sides, from, length, settings }) => {
    const open = new Float64Array(days.length);
    const close = new Float64Array(days.length);
    let price = 100;
    for (let i = 0; i < days.length; i += 1) {
      price *= 1 + (nights[i] ?? 0);
      open[i] = price;
      price *= 1 + (days[i] ?? 0);
      close[i] = price;
    }
    const decided = sides.flatMap((side, bar) => (side === null ? [] : [{ bar, side }]));
    return {
      panel: createPanel([dailyBars("A", { open, close })]),
      signal: {
        bars: Int32Array.from(decided, ({ bar }) => bar),
        sides: Int8Array.from(decided, ({ side }) => side),
      },
      settings: backtestSettingsSchema.parse(settings),
      window: { fromRow: from, toRow: Math.min(days.length, from + length) },
    };
  });

it("equals the engine to the last bit, whatever happens", () => {
  let ruined = 0;
  let shorts = 0;
  fc.assert(
    fc.property(market, ({ panel, signal, settings, window }) => {
      const source = new SignalSource(panel, { signals: [signal] });
      const general = new RowEngine(panel, settings, window, source, false).run();
      const fast = simulateSignal(panel, signal, settings, window);
      // The quick comparison first: the other takes most of the test's time.
      if (!isDeepStrictEqual({ ...fast }, { ...general })) expect({ ...fast }).toStrictEqual({ ...general });
      ruined += general.ruinedRow === null ? 0 : 1;
      shorts += general.trades.some(({ shares }) => shares < 0) ? 1 : 0;
    }),
    { numRuns: 1500, seed: 3 },
  );
  // The cases that matter do occur.
  expect(ruined).toBeGreaterThan(20);
  expect(shorts).toBeGreaterThan(200);
});

it("waits with a decision where the equity is gone at the open and back at the close", () => {
  const open = Float64Array.of(100, 100, 300, 110, 120);
  const close = Float64Array.of(100, 100, 100, 115, 125);
  const panel = createPanel([dailyBars("A", { open, close })]);
  const signal = { bars: Int32Array.of(0, 1), sides: Int8Array.of(-1, 1) };
  const settings = backtestSettingsSchema.parse({ closeOut: false });
  const window = { fromRow: 0, toRow: 5 };
  const fast = simulateSignal(panel, signal, settings, window);
  const source = new SignalSource(panel, { signals: [signal] });
  const general = new RowEngine(panel, settings, window, source, false).run();
  expect({ ...fast }).toStrictEqual({ ...general });
  expect([...fast.fills.row]).toEqual([1, 3]);
});
