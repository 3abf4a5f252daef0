import { describe, expect, it } from "vitest";
import { csvMarketData } from "../src/adapters/csv/csv-market-data.ts";
import { simulate } from "../src/domain/backtest/engine.ts";
import { type BacktestSettings, backtestSettingsSchema } from "../src/domain/backtest/settings.ts";
import { decide } from "../src/domain/backtest/decide.ts";
import { smaCross } from "../src/domain/backtest/strategies/sma-cross.ts";
import { createPanel, type Panel } from "../src/domain/market/panel.ts";
import { hasSharedData, readShared, sharedPath } from "./support/shared-data.ts";

const settings = (given: object): BacktestSettings =>
  backtestSettingsSchema.parse({ commission: 0, slippageBps: 0, fill: "close", closeOut: false, ...given });

const buy = { rows: Int32Array.of(0), weights: [Float64Array.of(1)] };

async function panelOf(folder: string, symbol: string): Promise<Panel> {
  const { bars } = await csvMarketData(sharedPath("market", folder)).series(symbol, Infinity);
  return createPanel([bars]);
}

/** Cells of a shared file, read apart from the code under test. */
function cells(...path: string[]): string[][] {
  return readShared("market", ...path)
    .trim()
    .split("\n")
    .map((line) => line.split(","));
}

/** Files give adjusted closes with a rounding of their own: factors to seven digits, closes to a few. */
const FILE_ROUNDING = 1e-6;

describe.skipIf(!hasSharedData)("buy and hold at raw prices, with splits and reinvested dividends", () => {
  it.each(["AAPL", "GOOGL", "MSFT", "NVDA"])("is the adjusted close of daily-raw/%s", async (symbol) => {
    const panel = await panelOf("daily-raw", symbol);
    const { equity } = simulate(panel, buy, settings({ prices: "raw" }));
    const [header = [], ...rows] = cells("daily-raw", `${symbol}.csv`);
    const adjusted = rows.map((row) => Number(row[header.indexOf("adjusted_close")]));
    expect(equity).toHaveLength(adjusted.length);
    for (const [row, close] of adjusted.entries()) {
      const growth = close / (adjusted[0] ?? NaN);
      expect(Math.abs((equity[row] ?? NaN) / 100_000 / growth - 1)).toBeLessThan(FILE_ROUNDING);
    }
  });

  it.each(["aapl", "ibm"])("is Lean's price times its factors: lean-raw/%s", async (name) => {
    const panel = await panelOf("lean-raw", name.toUpperCase());
    const { equity, grown } = simulate(panel, buy, settings({ prices: "raw" }));
    const factors = cells("lean-raw", "factor_files", `${name}.csv`);
    const adjusted = cells("lean-raw", `${name}.csv`).map(([date = "", , , , close]) => {
      const row = factors.find(([until = ""]) => until >= date.slice(0, 8));
      return (Number(close) / 1e4) * Number(row?.[1]) * Number(row?.[2]);
    });
    expect(equity).toHaveLength(adjusted.length);
    for (const [row, close] of adjusted.entries()) {
      const growth = close / (adjusted[0] ?? NaN);
      expect(Math.abs((equity[row] ?? NaN) / 100_000 / growth - 1)).toBeLessThan(FILE_ROUNDING);
    }
    expect(grown.length).toBeGreaterThan(30);
  });

  it.each(["AAPL", "GOOGL", "MSFT", "NVDA"])("pays the dividends of daily-raw/%s in cash", async (symbol) => {
    const panel = await panelOf("daily-raw", symbol);
    const result = simulate(panel, buy, settings({ prices: "raw", dividends: "cash" }));
    const [header = [], ...rows] = cells("daily-raw", `${symbol}.csv`);
    const value = (row: string[], name: string): number => Number(row[header.indexOf(name)]);
    let shares = 0;
    let cash = 100_000;
    for (const [i, row] of rows.entries()) {
      if (i === 0) {
        shares = cash / value(row, "close");
        cash = 0;
      } else {
        shares *= value(row, "split_coefficient");
        cash += shares * value(row, "dividend_amount");
      }
      expect(Math.abs((result.equity[i] ?? NaN) - cash - shares * value(row, "close"))).toBeLessThan(0.005);
    }
    expect(result.dividends).toBeCloseTo(cash, 6);
  });
});

describe.skipIf(!hasSharedData)("a strategy at raw prices", () => {
  it.each([
    ["daily-raw", "NVDA"],
    ["lean-raw", "AAPL"],
  ])("trades as at adjusted ones, with stops and costs: %s/%s", async (folder, symbol) => {
    const panel = await panelOf(folder, symbol);
    const decisions = decide(smaCross, panel, { fast: 10, slow: 30, short: true });
    // Round distances meet raw prices, which are round too, exactly; a rounding error then decides.
    const costs = {
      commission: 0.001,
      slippageBps: 2,
      fill: "next-open",
      stopLoss: 0.10007,
      trailingStop: 0.15007,
    };
    const adjusted = simulate(panel, decisions, settings(costs));
    const raw = simulate(panel, decisions, settings({ ...costs, prices: "raw" }));
    expect([...raw.fills.row]).toEqual([...adjusted.fills.row]);
    for (const [row, value] of adjusted.equity.entries()) {
      expect(Math.abs((raw.equity[row] ?? NaN) / value - 1)).toBeLessThan(1e-9);
    }
    expect(raw.trades.map(({ exitRow }) => exitRow)).toEqual(adjusted.trades.map(({ exitRow }) => exitRow));
  });
});
