import { describe, expect, it } from "vitest";
import { dailyBars } from "../../../tests/support/daily-bars.ts";
import { type Day, daysOf, quiet } from "../../../tests/support/order-days.ts";
import { createPanel, type Panel } from "../market/panel.ts";
import { simulate } from "./engine.ts";
import { FILL_CAUSES } from "./fills.ts";
import { type BacktestSettings, backtestSettingsSchema } from "./settings.ts";
import type { Simulation } from "./simulation.ts";
import type { Targets } from "./targets.ts";

const bars = (...days: Day[]): Panel => daysOf(days);

const settings = (given: object): BacktestSettings =>
  backtestSettingsSchema.parse({ capital: 1000, commission: 0, slippageBps: 0, closeOut: false, ...given });

const long: Targets = { rows: Int32Array.of(0), weights: [Float64Array.of(1)] };
const short: Targets = { rows: Int32Array.of(0), weights: [Float64Array.of(-1)] };

/** Row, price and cause of every fill after the entry. */
const exits = ({ fills }: Simulation): [number, number, string][] =>
  Array.from({ length: fills.length - 1 }, (_, i) => [
    fills.row[i + 1] ?? -1,
    +(fills.price[i + 1] ?? NaN).toFixed(9),
    FILL_CAUSES[fills.cause[i + 1] ?? -1] ?? "",
  ]);

describe("a stop-loss", () => {
  it("is filled at its price where the bar touches it", () => {
    const panel = bars(quiet, quiet, [98, 99, 94, 97], quiet);
    expect(exits(simulate(panel, long, settings({ stopLoss: 0.05 })))).toEqual([[2, 95, "stop-loss"]]);
  });

  it("is filled at the open where that lies beyond it", () => {
    const panel = bars(quiet, quiet, [90, 99, 88, 97], quiet);
    expect(exits(simulate(panel, long, settings({ stopLoss: 0.05 })))).toEqual([[2, 90, "stop-loss"]]);
  });

  it("is taken in the bar of the entry too", () => {
    const panel = bars(quiet, [100, 101, 94, 100], quiet);
    expect(exits(simulate(panel, long, settings({ stopLoss: 0.05 })))).toEqual([[1, 95, "stop-loss"]]);
  });

  it("pays spread and slippage", () => {
    const panel = bars(quiet, quiet, [98, 99, 94, 97]);
    const result = simulate(panel, long, settings({ stopLoss: 0.05, slippageBps: 100 }));
    // In at 101, so that the stop stands at 95.95, which is left at 1 % less.
    expect(exits(result)).toEqual([[2, +(95.95 * 0.99).toFixed(9), "stop-loss"]]);
  });

  it("covers a short from above", () => {
    const touched = bars(quiet, quiet, [102, 106, 101, 103]);
    expect(exits(simulate(touched, short, settings({ stopLoss: 0.05 })))).toEqual([[2, 105, "stop-loss"]]);
    const gap = bars(quiet, quiet, [107, 108, 101, 103]);
    expect(exits(simulate(gap, short, settings({ stopLoss: 0.05 })))).toEqual([[2, 107, "stop-loss"]]);
  });

  it("stands at the average price of all entries", () => {
    const panel = bars(quiet, quiet, [120, 121, 119, 120], [106, 107, 102, 105]);
    const targets = { rows: Int32Array.of(0, 1), weights: [Float64Array.of(0.5, 0.75)] };
    // 5 shares at 100, then (1,100 x 0.75 = 825) / 120 = 6.875: 1.875 more at 120. Average 105.4545.
    const result = simulate(panel, targets, settings({ stopLoss: 0.03 }));
    const average = (5 * 100 + 1.875 * 120) / 6.875;
    expect([...result.fills.shares]).toEqual([5, 1.875, -6.875]);
    expect(exits(result)[1]).toEqual([3, +(average * 0.97).toFixed(9), "stop-loss"]);
  });

  it("leaves the position closed until the next decision", () => {
    const panel = bars(quiet, quiet, [98, 99, 94, 97], quiet, quiet);
    const targets = { rows: Int32Array.of(0, 3), weights: [Float64Array.of(1, 1)] };
    const result = simulate(panel, targets, settings({ stopLoss: 0.05 }));
    expect([...result.fills.row]).toEqual([1, 2, 4]);
  });

  it("sells on at the next open what the volume did not let through", () => {
    const volume = Float64Array.of(1e6, 1e6, 40, 1e6);
    const panel = createPanel([
      dailyBars("A", {
        open: Float64Array.of(100, 100, 98, 90),
        high: Float64Array.of(101, 101, 99, 91),
        low: Float64Array.of(99, 99, 94, 89),
        close: Float64Array.of(100, 100, 97, 90),
        volume,
      }),
    ]);
    const result = simulate(panel, long, settings({ stopLoss: 0.05, maxParticipation: 0.1 }));
    expect([...result.fills.shares]).toEqual([10, -4, -6]);
    expect(exits(result)).toEqual([
      [2, 95, "stop-loss"],
      [3, 90, "stop-loss"],
    ]);
  });
});

describe("a take-profit", () => {
  it("is filled at its price, without spread or slippage, or at a better open", () => {
    const touched = bars(quiet, quiet, [104, 112, 103, 108]);
    const result = simulate(touched, long, settings({ takeProfit: 0.1, slippageBps: 100 }));
    expect(exits(result)).toEqual([[2, +(101 * 1.1).toFixed(9), "take-profit"]]);
    const gap = bars(quiet, quiet, [115, 116, 103, 108]);
    expect(exits(simulate(gap, long, settings({ takeProfit: 0.1 })))).toEqual([[2, 115, "take-profit"]]);
  });

  it("holds for shorts", () => {
    const panel = bars(quiet, quiet, [95, 96, 88, 92]);
    expect(exits(simulate(panel, short, settings({ takeProfit: 0.1 })))).toEqual([[2, 90, "take-profit"]]);
  });

  it("comes after the stop where one bar touches both", () => {
    const panel = bars(quiet, quiet, [100, 112, 94, 108]);
    const both = settings({ takeProfit: 0.1, stopLoss: 0.05 });
    expect(exits(simulate(panel, long, both))).toEqual([[2, 95, "stop-loss"]]);
  });
});

describe("a trailing stop", () => {
  it("follows the high of earlier bars, not of the same one", () => {
    const panel = bars(quiet, quiet, [101, 120, 100, 119], [119, 120, 113, 115]);
    // On day 2 it stands at 101 x 0.95; on day 3 at 120 x 0.95 = 114.
    expect(exits(simulate(panel, long, settings({ trailingStop: 0.05 })))).toEqual([
      [3, 114, "trailing-stop"],
    ]);
  });

  it("follows the low for shorts", () => {
    const panel = bars(quiet, quiet, [99, 100, 80, 81], [81, 85, 80, 84]);
    expect(exits(simulate(panel, short, settings({ trailingStop: 0.05 })))).toEqual([
      [3, 84, "trailing-stop"],
    ]);
  });

  it("starts at the entry: a bar's high before an entry at its close does not count", () => {
    const panel = bars([100, 130, 99, 100], [100, 101, 97, 100]);
    const result = simulate(panel, long, settings({ trailingStop: 0.05, fill: "close" }));
    expect(exits(result)).toEqual([]);
  });

  it("gives way to a nearer stop-loss", () => {
    const panel = bars(quiet, quiet, [100, 101, 94, 97]);
    const both = settings({ trailingStop: 0.2, stopLoss: 0.05 });
    expect(exits(simulate(panel, long, both))).toEqual([[2, 95, "stop-loss"]]);
  });
});
