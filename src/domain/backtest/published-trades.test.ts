import { parse } from "csv-parse/sync";
import { describe, expect, it } from "vitest";
import { sharedBars } from "../../../tests/support/daily-bars.ts";
import { hasSharedData, readShared, readSharedJson } from "../../../tests/support/shared-data.ts";
import { createPanel } from "../market/panel.ts";
import { simpleReturns } from "../risk/returns.ts";
import { decide } from "./decide.ts";
import { simulate } from "./engine.ts";
import { backtestSettingsSchema } from "./settings.ts";
import { annualReturn } from "./statistics/annual-return.ts";
import { cagr } from "./statistics/cagr.ts";
import { maxDrawdown } from "./statistics/max-drawdown.ts";
import { totalReturn } from "./statistics/total-return.ts";
import { winRate } from "./statistics/win-rate.ts";
import { findStrategy, parseParams } from "./strategies/strategies.ts";

const FOLDER = ["known-results", "backtesting_py"] as const;

/** What backtesting.py publishes, and what it computes for NVIDIA: every trade and every equity point. */
describe.skipIf(!hasSharedData)("sma-cross 10/30, whole shares, no costs, as in backtesting.py", () => {
  it.each([
    { symbol: "GOOG", file: [...FOLDER, "GOOG.csv"], count: 66, final: 51_422.99 },
    { symbol: "NVDA", file: ["market", "daily", "NVDA.csv"], count: 23, final: 14_185.99321678493 },
  ])("$symbol", ({ symbol, file, count, final }) => {
    const panel = createPanel([sharedBars(symbol, ...file)]);
    const strategy = findStrategy("sma-cross");
    const decisions = decide(strategy, panel, parseParams(strategy, { fast: "10", slow: "30" }));
    const result = simulate(
      panel,
      decisions,
      backtestSettingsSchema.parse({ capital: 10_000, commission: 0, slippageBps: 0, wholeShares: true }),
    );

    const published = rows(`${symbol}_SmaCross_10_30.trades.csv`);
    expect(published).toHaveLength(count);
    expect(result.trades).toHaveLength(count);
    for (const [i, trade] of result.trades.entries()) {
      const row = published[i] ?? {};
      expect(trade.shares).toBe(Number(row["Size"]));
      expect(trade.entryRow).toBe(Number(row["EntryBar"]));
      expect(trade.exitRow).toBe(Number(row["ExitBar"]));
      expect(trade.entryPrice).toBeCloseTo(Number(row["EntryPrice"]), 10);
      expect(trade.exitPrice).toBeCloseTo(Number(row["ExitPrice"]), 10);
      expect(trade.profit).toBeCloseTo(Number(row["PnL"]), 8);
      expect(trade.return).toBeCloseTo(Number(row["ReturnPct"]), 12);
      expect(trade.open).toBe(false);
    }
    const equity = rows(`${symbol}_SmaCross_10_30.equity.csv`).map((row) => Number(row["Equity"]));
    expect(result.equity).toHaveLength(equity.length);
    for (const [i, value] of equity.entries()) expect(result.equity[i]).toBeCloseTo(value, 7);
    expect(result.equity.at(-1)).toBeCloseTo(final, 7);

    const { stats } = readSharedJson(...FOLDER, `${symbol}_SmaCross_10_30.expected.json`) as {
      stats: Record<string, number>;
    };
    const percent = (name: string): number => (stats[name] ?? NaN) / 100;
    expect(totalReturn(result.equity)).toBeCloseTo(percent("Return [%]"), 9);
    expect(maxDrawdown(result.equity)).toBeCloseTo(percent("Max. Drawdown [%]"), 9);
    expect(winRate(result.trades)).toBeCloseTo(percent("Win Rate [%]"), 12);
    expect(cagr(result.equity, panel.closeTime)).toBeCloseTo(percent("CAGR [%]"), 9);
    expect(annualReturn(simpleReturns(result.equity), 252)).toBeCloseTo(percent("Return (Ann.) [%]"), 9);
    // Its exposure time is the share of bars from an entry to the exit, both included.
    const inMarket = new Set(
      result.trades.flatMap(({ entryRow, exitRow }) =>
        Array.from({ length: exitRow - entryRow + 1 }, (_, i) => entryRow + i),
      ),
    );
    expect(inMarket.size / panel.rows).toBeCloseTo(percent("Exposure Time [%]"), 9);
  });
});

function rows(file: string): Record<string, string>[] {
  return parse(readShared(...FOLDER, file), { columns: true });
}
