import { decide } from "../../src/domain/backtest/decide.ts";
import { simulate } from "../../src/domain/backtest/engine.ts";
import { backtestSettingsSchema } from "../../src/domain/backtest/settings.ts";
import type { Simulation } from "../../src/domain/backtest/simulation.ts";
import { equalWeight } from "../../src/domain/backtest/strategies/equal-weight.ts";
import { walkBars, walkPanel } from "../market.ts";
import { timeAlone } from "../paired.ts";
import { inMs, type Table } from "../table.ts";
import { backtestOf, FULL, PLAIN, warmUp } from "./sma-cross.ts";

const LENGTHS = [10_000, 100_000, 1_000_000, 10_000_000] as const;
const SYMBOLS = [1, 10, 100, 1_000, 5_000] as const;
const DAYS = 504;

/** Without what depends on the size of the account: over ten million bars it shrinks or grows beyond all bounds. */
const STOPS = backtestSettingsSchema.parse({
  ...FULL,
  commissionPerShare: 0,
  commissionMinimum: 0,
  commissionTiers: [],
  impact: 0,
  maxParticipation: null,
  slippageBps: 2,
});

/** Nothing grows faster than the data. */
export function run(): Table {
  warmUp();
  for (let k = 0; k < 50; k += 1) equalWeightOf(10, 100)();
  const rows: string[][] = [];
  for (const length of LENGTHS) {
    const bars = walkBars("SIM", length, 1);
    const repeats = length > 1e6 ? 3 : 9;
    for (const [what, settings] of [
      ["SMA 10/30, signal path", PLAIN],
      ["SMA 10/30, rates, interest and stops", STOPS],
    ] as const) {
      const ms = timeAlone(backtestOf(bars, settings), repeats);
      rows.push([what, "1", length.toLocaleString("en"), inMs(ms), nanoseconds(ms / length)]);
    }
  }
  for (const symbols of SYMBOLS) {
    const ms = timeAlone(equalWeightOf(symbols, DAYS), symbols >= 1_000 ? 5 : 21);
    rows.push([
      "equal weights, every day",
      symbols.toLocaleString("en"),
      DAYS.toLocaleString("en"),
      inMs(ms),
      nanoseconds(ms / (symbols * DAYS)),
    ]);
  }
  return {
    title: "Scaling",
    about: "The time per bar and symbol stays the same where work grows with the data.",
    header: ["", "symbols", "bars each", "median", "per bar and symbol"],
    rows,
  };
}

/** All symbols brought back to equal weights at every close. */
export function equalWeightOf(symbols: number, days: number): () => Simulation {
  const panel = walkPanel(symbols, days, 1);
  const params = equalWeight.params.parse({ rebalance: 1 });
  return () => simulate(panel, decide(equalWeight, panel, params), PLAIN);
}

function nanoseconds(ms: number): string {
  return `${(1e6 * ms).toFixed(0)} ns`;
}
