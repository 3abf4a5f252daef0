import { parse } from "csv-parse/sync";
import { describe, expect, it } from "vitest";
import { hasSharedData, readShared, readSharedJson } from "../../../../tests/support/shared-data.ts";
import type { Column } from "../../market/column.ts";
import { beta } from "../../risk/beta.ts";
import { simpleReturns } from "../../risk/returns.ts";
import { volatility } from "../../risk/volatility.ts";
import { annualReturn } from "./annual-return.ts";
import { averageDrawdown } from "./average-drawdown.ts";
import { best, worst } from "./best-and-worst.ts";
import { calmar } from "./calmar.ts";
import { downsideDeviation } from "./downside-deviation.ts";
import { averageDrawdownDays, longestDrawdownDays } from "./drawdown-days.ts";
import { drawdownSpells } from "./drawdown-spells.ts";
import { expectancy } from "./expectancy.ts";
import { kellyFraction } from "./kelly-fraction.ts";
import { maxDrawdown } from "./max-drawdown.ts";
import { profitFactor } from "./profit-factor.ts";
import { sharpe } from "./sharpe.ts";
import { sortino } from "./sortino.ts";
import { sqn } from "./sqn.ts";
import { averageTradeDays } from "./trade-duration.ts";
import { winRate } from "./win-rate.ts";

const FOLDER = ["known-results", "backtesting_py"] as const;

/** What backtesting.py says of its own equity curve and trades; no engine of ours is involved. */
describe.skipIf(!hasSharedData).each(["GOOG", "NVDA"])("backtesting.py on %s", (symbol) => {
  const rows = (file: string): Record<string, string>[] =>
    hasSharedData
      ? parse(readShared(...FOLDER, `${symbol}_SmaCross_10_30.${file}.csv`), { columns: true })
      : [];
  const column = (from: Record<string, string>[], name: string): Column =>
    Float64Array.from(from, (row) => Number(row[name]));
  const stats = hasSharedData
    ? (
        readSharedJson(...FOLDER, `${symbol}_SmaCross_10_30.expected.json`) as {
          stats: Record<string, number | string>;
        }
      ).stats
    : {};
  const stat = (name: string): number => Number(stats[name] ?? NaN);
  const days = (name: string): number => Number.parseInt(String(stats[name]), 10);

  const curve = rows("equity");
  const equity = column(curve, "Equity");
  const time = Float64Array.from(curve, (row) => Date.parse(row["Date"] ?? ""));
  const returns = simpleReturns(equity);
  const list = rows("trades");
  const profits = column(list, "PnL");
  const tradeReturns = column(list, "ReturnPct");
  const trades = list.map((row) => ({
    entryRow: Number(row["EntryBar"]),
    exitRow: Number(row["ExitBar"]),
    profit: Number(row["PnL"]),
    return: Number(row["ReturnPct"]),
    open: false,
  }));

  it("trades", () => {
    expect(trades).toHaveLength(stat("# Trades"));
    expect(winRate(trades)).toBeCloseTo(stat("Win Rate [%]") / 100, 12);
    expect(expectancy(tradeReturns)).toBeCloseTo(stat("Expectancy [%]") / 100, 12);
    expect(best(tradeReturns, "")).toBeCloseTo(stat("Best Trade [%]") / 100, 12);
    expect(worst(tradeReturns, "")).toBeCloseTo(stat("Worst Trade [%]") / 100, 12);
    expect(sqn(profits)).toBeCloseTo(stat("SQN"), 10);
    expect(kellyFraction(profits)).toBeCloseTo(stat("Kelly Criterion"), 10);
    // Its profit factor sums returns where ours sums money; the published one comes out of the returns.
    const byReturn = trades.map((trade) => ({ profit: trade.return, open: false }));
    expect(profitFactor(byReturn)).toBeCloseTo(stat("Profit Factor"), 10);
    const gained = profits.reduce((sum, profit) => sum + Math.max(profit, 0), 0);
    const lost = profits.reduce((sum, profit) => sum - Math.min(profit, 0), 0);
    expect(profitFactor(trades)).toBeCloseTo(gained / lost, 10);
    // It rounds durations up to whole days.
    expect(Math.ceil(Number(averageTradeDays(trades, time, 0)))).toBe(days("Avg. Trade Duration"));
  });

  it("drawdowns", () => {
    const spells = drawdownSpells(equity);
    expect(maxDrawdown(equity)).toBeCloseTo(stat("Max. Drawdown [%]") / 100, 12);
    expect(Math.min(...spells.map(({ depth }) => depth))).toBeCloseTo(stat("Max. Drawdown [%]") / 100, 12);
    expect(longestDrawdownDays(spells, time)).toBe(days("Max. Drawdown Duration"));
    // It leaves out a drawdown that begins with the very last bar.
    const counted = spells.filter(({ start, end }) => end > start + 1);
    expect(averageDrawdown(counted)).toBeCloseTo(stat("Avg. Drawdown [%]") / 100, 12);
    expect(Math.ceil(Number(averageDrawdownDays(counted, time)))).toBe(days("Avg. Drawdown Duration"));
  });

  it("returns", () => {
    const yearly = Number(annualReturn(returns, 252));
    expect(calmar(yearly, maxDrawdown(equity))).toBeCloseTo(stat("Calmar Ratio"), 10);
    // Its Sortino ratio has the compound return above the same line.
    expect(yearly / Number(downsideDeviation(returns, 252, 0))).toBeCloseTo(stat("Sortino Ratio"), 10);
    // Its volatility is that of compounding returns, and so its Sharpe ratio; ours by their definitions, step by step.
    const values = Array.from(returns);
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    const deviation = Math.sqrt(
      values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - 1),
    );
    const downside = Math.sqrt(
      values.reduce((sum, value) => sum + Math.min(value, 0) ** 2, 0) / values.length,
    );
    expect(volatility(returns, 252)).toBeCloseTo(deviation * Math.sqrt(252), 10);
    expect(sharpe(returns, 252, 0)).toBeCloseTo((mean / deviation) * Math.sqrt(252), 10);
    expect(sortino(returns, 252, 0)).toBeCloseTo((mean / downside) * Math.sqrt(252), 10);
  });

  it("beta to the price, of logarithmic returns as it takes them", () => {
    const prices: Record<string, string>[] = hasSharedData
      ? parse(
          readShared(...(symbol === "GOOG" ? [...FOLDER, "GOOG.csv"] : ["market", "daily", "NVDA.csv"])),
          { columns: true },
        )
      : [];
    const logarithmic = (values: Column): Column => simpleReturns(values).map(Math.log1p);
    const slope = beta(logarithmic(equity), logarithmic(column(prices, "Close")));
    expect(slope).toBeCloseTo(stat("Beta"), 10);
    // Its alpha is the total return less beta x that of buying and holding, ours per year of mean returns.
    const total = stat("Return [%]") - Number(slope) * stat("Buy & Hold Return [%]");
    expect(total).toBeCloseTo(stat("Alpha [%]"), 8);
  });
});
