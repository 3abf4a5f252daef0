import { simulate } from "../../src/domain/backtest/engine.ts";
import type { Desk } from "../../src/domain/backtest/desk.ts";
import { FILL_CAUSES } from "../../src/domain/backtest/fills.ts";
import { backtestSettingsSchema } from "../../src/domain/backtest/settings.ts";
import type { Simulation } from "../../src/domain/backtest/simulation.ts";
import { createPanel, type Panel } from "../../src/domain/market/panel.ts";
import { dailyBars } from "./daily-bars.ts";

export type Day = readonly [open: number, high: number, low: number, close: number];

export const quiet: Day = [100, 101, 99, 100];

/** Daily bars of one symbol, A. @param volume of each day, in shares */
export function daysOf(days: readonly Day[], volume = 1e6): Panel {
  const column = (i: 0 | 1 | 2 | 3): Float64Array => Float64Array.from(days, (day) => day[i]);
  const prices = { open: column(0), high: column(1), low: column(2), close: column(3) };
  return createPanel([dailyBars("A", { ...prices, volume: new Float64Array(days.length).fill(volume) })]);
}

/** 10,000 without costs, and what is done at the close of which bar. */
export function runSteps(
  panel: Panel,
  steps: Readonly<Record<number, (desk: Desk) => void>>,
  given: object = {},
): Simulation {
  const settings = { capital: 10_000, commission: 0, slippageBps: 0, closeOut: false, ...given };
  return simulate(
    panel,
    { onBar: (desk) => steps[desk.bar]?.(desk) },
    backtestSettingsSchema.parse(settings),
  );
}

/** Row, shares, price and cause of every fill. */
export const filled = ({ fills }: Simulation): [number, number, number, string][] =>
  Array.from({ length: fills.length }, (_, i) => [
    fills.row[i] ?? -1,
    fills.shares[i] ?? NaN,
    +(fills.price[i] ?? NaN).toFixed(9),
    FILL_CAUSES[fills.cause[i] ?? -1] ?? "",
  ]);
