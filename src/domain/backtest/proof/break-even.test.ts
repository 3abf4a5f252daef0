import { describe, expect, it } from "vitest";
import { dailyBars } from "../../../../tests/support/daily-bars.ts";
import { createPanel } from "../../market/panel.ts";
import { simulate } from "../engine.ts";
import { backtestSettingsSchema } from "../settings.ts";
import { breakEvenRate } from "./break-even.ts";
import { costSweep } from "./cost-sweep.ts";
import { finish } from "./finish.ts";
import { lagSweep } from "./lag-sweep.ts";
import type { Subject } from "./subject.ts";

/** Bought on day 1 at 100, sold on day 3 at 110; prices rise by 5 a day before and after. */
function roundTrip(given: object): Subject {
  const open = Float64Array.of(95, 100, 105, 110, 115, 120);
  const close = open.map((price) => price + 2);
  const panel = createPanel([dailyBars("A", { open, close })]);
  const settings = backtestSettingsSchema.parse({ commission: 0, slippageBps: 0, ...given });
  const decisions = { rows: Int32Array.of(0, 2), weights: [Float64Array.of(1, 0)] };
  const window = { fromRow: 0, toRow: panel.rows };
  const simulation = simulate(panel, decisions, settings, window);
  return { panel, window, settings, decisions, simulation, periodsPerYear: 252, seed: 1 };
}

describe("the break-even cost", () => {
  it("of one round trip from 100 to 110 is 0.1 / 2.1 of each trade", () => {
    // Buying takes 1 / (100 (1 + c)) shares per unit of money, selling gives 110 (1 - c) each: 1.1 (1 - c) = 1 + c.
    const sweep = finish(costSweep(roundTrip({ commission: 0.001 }), [0, 1, 2], null));
    expect(sweep.breakEvenBps).toBeCloseTo((1e4 * 0.1) / 2.1, 1);
    for (const { times, totalReturn } of sweep.levels) {
      const c = 0.001 * times;
      expect(totalReturn).toBeCloseTo((1.1 * (1 - c)) / (1 + c) - 1, 10);
    }
    expect(sweep.paidBps).toBeCloseTo(10, 3);
    expect(sweep.standing).toBe("passed");
    expect(sweep.conclusion).toBe(
      "It returns 10.0% at 0 times, 9.6% at 2 times the costs of 10.0 basis points per trade; the gain over cash is gone at 476.2 basis points per trade.",
    );
  });

  it("is doubtful where twice the costs take the gain", () => {
    const sweep = finish(costSweep(roundTrip({ commission: 0.03 }), [0, 1, 2], null));
    expect(sweep.standing).toBe("doubtful");
  });

  it("is found for any falling gain, and is none where there is no gain", () => {
    expect(breakEvenRate((rate) => 0.01 - rate)).toBeCloseTo(0.01, 6);
    expect(breakEvenRate((rate) => Math.log(1.2) + 40 * Math.log1p(-rate))).toBeCloseTo(
      1 - 1.2 ** (-1 / 40),
      6,
    );
    expect(breakEvenRate((rate) => (rate < 0.0123 ? 1 : -Infinity))).toBeCloseTo(0.0123, 5);
    expect(breakEvenRate(() => -0.1)).toBeNull();
    expect(breakEvenRate(() => 0.1)).toBe(Infinity);
  });
});

describe("the fill-lag sweep", () => {
  it("fills at the same close, the next open, and later ones", () => {
    const { levels } = finish(lagSweep(roundTrip({ closeOut: false }), [0, 1, 2, 3]));
    // From the price of the entry to that of the exit.
    expect(levels.map(({ bars, own, totalReturn }) => [bars, own, totalReturn])).toEqual([
      [0, false, expect.closeTo(107 / 97 - 1, 10)],
      [1, true, expect.closeTo(110 / 100 - 1, 10)],
      [2, false, expect.closeTo(115 / 105 - 1, 10)],
      [3, false, expect.closeTo(120 / 110 - 1, 10)],
    ]);
  });

  it("fails a run that earns only at the close that decided", () => {
    const days = 200;
    // From the low close to the high one it gains 1, from the high open to the low one it loses 3.
    const open = Float64Array.from({ length: days }, (_, i) => 100 + 3 * (i % 2));
    const close = Float64Array.from({ length: days }, (_, i) => 101 + (i % 2));
    const panel = createPanel([dailyBars("A", { open, close })]);
    const settings = backtestSettingsSchema.parse({ fill: "close", commission: 0, slippageBps: 0 });
    const rows = Int32Array.from({ length: days }, (_, i) => i);
    const decisions = { rows, weights: [Float64Array.from(rows, (row) => (row % 2 === 0 ? 1 : 0))] };
    const window = { fromRow: 0, toRow: days };
    const simulation = simulate(panel, decisions, settings, window);
    const lags = finish(
      lagSweep({ panel, window, settings, decisions, simulation, periodsPerYear: 252, seed: 1 }, [0, 1, 2]),
    );
    expect(lags.standing).toBe("failed");
    expect(lags.conclusion).toContain("it earns only at the close that decides");
  });
});
