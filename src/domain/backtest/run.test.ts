import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { dailyBars, sharedBars } from "../../../tests/support/daily-bars.ts";
import { hasSharedData } from "../../../tests/support/shared-data.ts";
import type { Bars } from "../market/bars.ts";
import type { DataSet } from "../market/data-set.ts";
import { createPanel } from "../market/panel.ts";
import { backtestReportSchema, type BacktestReport } from "./report.ts";
import { decide } from "./decide.ts";
import type { Decisions } from "./decisions.ts";
import { type BacktestOptions, runBacktest } from "./run.ts";
import { backtestSettingsSchema } from "./settings.ts";
import { findStrategy, parseParams } from "./strategies/strategies.ts";

function dataSetOf(bars: readonly Bars[], overrides: Partial<DataSet> = {}): DataSet {
  const panel = createPanel(bars);
  return {
    id: "d1",
    source: "csv:somewhere",
    simulated: false,
    panel,
    benchmark: null,
    from: panel.time[0] ?? NaN,
    to: panel.closeTime.at(-1) ?? NaN,
    findings: [],
    ...overrides,
  };
}

function run(
  dataSet: DataSet,
  name: string,
  params: Record<string, string | number | boolean> = {},
  options: Partial<Omit<BacktestOptions, "settings">> & { settings?: object } = {},
): BacktestReport {
  const strategy = findStrategy(name);
  const parsed = parseParams(strategy, params);
  return runBacktest({
    dataSet,
    strategy: { name, params: parsed },
    decisions: decide(strategy, dataSet.panel, parsed),
    seed: 1,
    ...options,
    settings: backtestSettingsSchema.parse(options.settings ?? {}),
  });
}

/** Paths of nulls and of numbers that are not finite. */
function holes(value: unknown, path = ""): string[] {
  if (value === null || (typeof value === "number" && !Number.isFinite(value))) return [path];
  if (typeof value !== "object") return [];
  return Object.entries(value).flatMap(([key, inner]) => holes(inner, path === "" ? key : `${path}.${key}`));
}

function unexplained(report: BacktestReport): string[] {
  const explained = [
    ...Object.keys(report.absent).map((key) =>
      key === "market" ? key : `${key in report.statistics ? "statistics" : "metrics"}.${key}`,
    ),
    ...Object.keys(report.benchmark.absent).map((key) => `benchmark.metrics.${key}`),
    ...Object.keys(report.market?.absent ?? {}).map((key) => `market.metrics.${key}`),
  ];
  // A setting may be off, charts and proof may not be asked for, a drawdown may last to the end, and the verdict says
  // in its reasons what it has no figure for.
  const {
    settings: _settings,
    course: _course,
    proof: _proof,
    verdict: _verdict,
    drawdowns,
    ...rest
  } = report;
  const ended = drawdowns.filter(({ recovery }) => recovery !== null);
  const found = holes(JSON.parse(JSON.stringify({ ...rest, drawdowns: ended })));
  expect(found.toSorted()).toEqual(explained.toSorted());
  return found;
}

const steady = (days: number, growth: number): Float64Array =>
  Float64Array.from({ length: days }, (_, i) => 100 * growth ** i);

describe.skipIf(!hasSharedData)("a report on real bars", () => {
  it("is GOOG sma-cross as published, to the cent", () => {
    const dataSet = dataSetOf([sharedBars("GOOG", "known-results", "backtesting_py", "GOOG.csv")]);
    const report = run(
      dataSet,
      "sma-cross",
      { fast: "10", slow: "30" },
      {
        settings: { capital: 10_000, commission: 0, slippageBps: 0, wholeShares: true },
      },
    );
    expect(backtestReportSchema.parse(report)).toEqual(report);
    expect(report.finalEquity).toBe(51_422.99);
    expect(report.metrics.trades).toBe(66);
    expect(report.tradeList).toHaveLength(66);
    expect(report.tradeList[0]).toMatchObject({
      symbol: "GOOG",
      shares: -55,
      entryPrice: 180.36,
      profit: -327.25,
    });
    // Trades happen at opens, which these bars have at 14:30.
    expect(report.tradeList[0]).toMatchObject({
      entryTime: "2004-11-29T14:30:00.000Z",
      exitTime: "2004-12-21T14:30:00.000Z",
    });
    expect(report.metrics.totalReturn).toBeCloseTo(4.142299, 6);
    expect(report.metrics.costs).toBe(0);
    expect(report.equity).toHaveLength(2148);
    expect(report.equity.at(-1)?.[1]).toBe(51_422.99);
    expect(report.definitions.periodsPerYear).toBe(252);
    expect(report.flags).toEqual([
      "Trading costs nothing here.",
      "1 position held at the end closed at the last open of the window.",
    ]);
    // One trade that gained: no loss to set its profit against.
    expect(unexplained(report).toSorted()).toEqual(["benchmark.metrics.profitFactor", "market"]);
    // Bought at the second open and sold at the last one.
    expect(report.benchmark.metrics.totalReturn).toBeCloseTo((99 * (797.8 - 101.01)) / 10_000, 6);
  });

  it("takes earlier rows as history only and compares with the index over the same rows", () => {
    const symbols = ["AAPL", "MSFT", "NVDA"];
    const bars = symbols.map((symbol) => sharedBars(symbol, "market", "daily", `${symbol}.csv`));
    const spy = sharedBars("SPY", "market", "daily", "SPY.csv");
    const dataSet = dataSetOf(bars, {
      from: Date.UTC(2025, 0, 1),
      to: Date.UTC(2025, 5, 30, 23),
      benchmark: spy,
    });
    const report = run(dataSet, "momentum-rank", { lookback: 120, skip: 20, top: 1 });
    expect(report.from.slice(0, 10)).toBe("2025-01-02");
    expect(report.to.slice(0, 10)).toBe("2025-06-30");
    // NYSE sessions of the first half of 2025: 250 in the year, Carter's funeral on 9 January.
    expect(report.bars).toBe(122);
    expect(report.equity[0]).toEqual([report.equity[0]?.[0], 100_000]);
    expect(report.tradeList.length).toBeGreaterThan(0);
    const closes = (symbol: Bars): number[] =>
      Array.from(symbol.close).filter((_, i) => {
        const time = symbol.time[i] ?? NaN;
        return time >= dataSet.from && time <= dataSet.to;
      });
    const index = closes(spy);
    expect(report.market?.name).toBe("SPY");
    expect(report.market?.metrics.totalReturn).toBeCloseTo((index.at(-1) ?? NaN) / (index[0] ?? NaN) - 1, 12);
    expect(unexplained(report)).toEqual([
      "statistics.minimumTrackRecordYears",
      "market.metrics.winRate",
      "market.metrics.profitFactor",
    ]);
  });
});

describe("a report", () => {
  it("flags what a reader must know", () => {
    const price = steady(80, 1.001);
    const dataSet = dataSetOf([dailyBars("A", { open: price, close: price })], { simulated: true });
    const report = run(
      dataSet,
      "equal-weight",
      {},
      {
        settings: { fill: "close", closeOut: false },
        flags: ["and this"],
      },
    );
    expect(report.flags).toEqual([
      "The prices are simulated and say nothing about any real market.",
      "Fills at the same close that decides: nobody can trade at a close that is already known.",
      "1 position still held, valued at the last close.",
      "Returns count from the first close, after the costs of its fills: from 99,930.04.",
      "and this",
    ]);
  });

  it("says what became of the dividends that the settings speak of", () => {
    const price = steady(80, 1.001);
    const bars = { ...dailyBars("A", { open: price, close: price }), rawKnown: true };
    const paidOn = (day: number): DataSet =>
      dataSetOf([
        {
          ...bars,
          adjustment: "splits",
          actions: [{ time: bars.time[day] ?? NaN, split: 1, dividend: 0.1 }],
        },
      ]);
    const flagged = (dataSet: DataSet, settings: object): string =>
      run(dataSet, "equal-weight", {}, { settings }).flags.join(" ");
    const raw = { prices: "raw", dividends: "cash" };
    expect(flagged(dataSetOf([bars]), raw)).toContain("the data has no dividends in this period");
    expect(flagged(paidOn(40), raw)).toContain("dividends were paid in cash");
    // Before the window nothing was paid that counts.
    expect(flagged({ ...paidOn(40), from: bars.time[50] ?? NaN }, raw)).toContain(
      "no dividends in this period",
    );
    expect(flagged(dataSetOf([bars]), { dividends: "cash" })).toContain(
      "No dividend was paid in cash: adjusted prices were traded, and raw prices alone pay them.",
    );
    expect(flagged(dataSetOf([bars]), {})).not.toContain("ividends");
  });

  it("says how often leverage was cut, and at which limit", () => {
    const price = steady(80, 1.001);
    const dataSet = dataSetOf([dailyBars("A", { open: price, close: price })]);
    const decisions = { rows: Int32Array.of(5, 9, 20), weights: [Float64Array.of(2, 0, 3)] };
    expect(run(dataSet, "equal-weight", {}, { decisions, settings: { maxLeverage: 1.5 } }).flags).toContain(
      "Purchases cut in 2 rows (of 3 decisions): what was decided took more cash than there was, at a leverage of at most 1.5.",
    );
    expect(
      run(dataSet, "equal-weight", {}, { decisions, settings: { maxLeverage: 3.5 } }).flags.join(" "),
    ).not.toContain("Purchases cut");
  });

  it("explains every figure that has no value", () => {
    const price = steady(30, 1);
    const report = run(dataSetOf([dailyBars("A", { open: price, close: price })]), "sma-cross");
    expect(report.metrics.sharpe).toBeNull();
    expect(report.absent["sharpe"]).toBe("The returns do not vary.");
    expect(report.absent["market"]).toBe("The source has no index.");
    expect(unexplained(report)).toContain("metrics.winRate");
    expect(report.verdict.conclusion).toBe("no evidence");
  });

  it("has no hole that is not explained, on any market, ruined ones too", () => {
    const price = fc.double({ min: 0.01, max: 1e4, noNaN: true });
    fc.assert(
      fc.property(
        fc.array(price, { minLength: 70, maxLength: 70 }),
        fc.array(fc.oneof(fc.constantFrom(0, 1, -1), fc.double({ min: -2, max: 2, noNaN: true })), {
          minLength: 70,
          maxLength: 70,
        }),
        (prices, weights) => {
          const close = Float64Array.from(prices);
          const dataSet = dataSetOf([dailyBars("A", { open: close, close })]);
          const report = runBacktest({
            dataSet,
            strategy: { name: "agents", params: {} },
            decisions: { rows: Int32Array.from(weights.keys()), weights: [Float64Array.from(weights)] },
            settings: backtestSettingsSchema.parse({}),
            seed: 1,
          });
          unexplained(report);
          expect(backtestReportSchema.safeParse(report).success).toBe(true);
        },
      ),
      { numRuns: 50 },
    );
  });

  it("is the same bytes for the same input", () => {
    const price = steady(100, 1.002).map((one, i) => one * (1 + 0.05 * Math.sin(i)));
    const dataSet = dataSetOf([dailyBars("A", { open: price, close: price })]);
    const once = JSON.stringify(run(dataSet, "sma-cross", { fast: 2, slow: 5 }));
    expect(JSON.stringify(run(dataSet, "sma-cross", { fast: 2, slow: 5 }))).toBe(once);
  });

  it("compares buy-and-hold with itself", () => {
    const a = steady(100, 1.002);
    const b = steady(100, 0.999);
    const dataSet = dataSetOf([dailyBars("A", { open: a, close: a }), dailyBars("B", { open: b, close: b })]);
    const report = run(dataSet, "buy-and-hold");
    expect(report.benchmark.metrics).toEqual(report.metrics);
    expect(report.verdict.figures["returnOverBuyAndHold"]).toBe(0);
  });

  it("counts every kind of cost: where prices stand still they are the whole loss", () => {
    const price = steady(30, 1);
    const settings = { commission: 0.001, slippageBps: 15, halfSpreadBps: 5 };
    const dataSet = dataSetOf([dailyBars("A", { open: price, close: price })]);
    const report = run(dataSet, "buy-and-hold", {}, { settings });
    // In and out again, at 0.1 % and 0.2 % of about the whole capital each time.
    expect(report.metrics.costs).toBeCloseTo(100_000 - report.finalEquity, 1);
    expect(report.metrics.costs).toBeGreaterThan(590);
    const decisions = { rows: Int32Array.of(0), weights: [Float64Array.of(-1)] };
    const short = run(dataSet, "buy-and-hold", {}, { decisions, settings: { ...settings, borrowRate: 0.2 } });
    expect(short.costs.borrow).toBeGreaterThan(1000);
    expect(short.metrics.costs).toBeCloseTo(100_000 - short.finalEquity, 1);
  });

  it("says what orders a rule that is asked at every close placed, and which still wait", () => {
    const price = steady(20, 1);
    const dataSet = dataSetOf([dailyBars("A", { open: price, close: price })]);
    const decisions: Decisions = {
      onBar: (desk) => {
        if (desk.bar === 2) desk.buy("A", 5, { stopLoss: 1, takeProfit: 1e6 });
        if (desk.bar === 3) desk.weight("A", 0.5);
        if (desk.bar === 4) desk.buy("A", 5, { limit: 1, stopLoss: 0.5, takeProfit: 2 });
        if (desk.bar === 4) desk.weight("A", 0.4);
      },
    };
    const report = run(dataSet, "buy-and-hold", {}, { decisions, settings: { closeOut: false } });
    expect(report.decisions).toBe(3);
    // The two exits of what is held, and the entry of the second bracket.
    expect(report.flags).toContain("3 orders still waiting for a fill at the end.");
  });

  it("does not count a stop inside the last bar as closed at its end", () => {
    const a = steady(30, 1);
    const low = a.map((one, i) => (i === 29 ? one * 0.9 : one));
    const dataSet = dataSetOf([
      dailyBars("A", { open: a, close: a, low }),
      dailyBars("B", { open: a, close: a }),
    ]);
    const decisions: Decisions = {
      onBar: (desk) => {
        if (desk.bar === 0) for (const symbol of desk.symbols) desk.weight(symbol, 0.3);
      },
    };
    const settings = { stopLoss: 0.05, fill: "close" };
    const { flags, tradeList } = run(dataSet, "buy-and-hold", {}, { decisions, settings });
    expect(tradeList).toHaveLength(2);
    expect(flags).toContain("1 position held at the end closed at the last close of the window.");
  });

  it("has no statistics of returns for an equity that was lost, and says why", () => {
    const price = Float64Array.from({ length: 80 }, (_, day) => (day < 70 ? 10 + (day % 2) : 40));
    const dataSet = dataSetOf([dailyBars("A", { open: price, close: price })]);
    const decisions = { rows: Int32Array.of(0), weights: [Float64Array.of(-1)] };
    const report = run(dataSet, "buy-and-hold", {}, { decisions });
    expect(report.finalEquity).toBeLessThan(0);
    for (const name of ["volatility", "sharpe", "sortino", "annualReturn"] as const) {
      expect(report.metrics[name]).toBeNull();
      expect(report.absent[name]).toContain("The equity fell to zero or below");
    }
  });

  it("measures all ratios against the risk-free rate of the settings", () => {
    const price = steady(100, 1.002).map((one, i) => one * (1 + 0.05 * Math.sin(i)));
    const bars = dailyBars("A", { open: price, close: price });
    const dataSet = dataSetOf([bars], { benchmark: { ...bars, symbol: "INDEX" } });
    const measured = (riskFreeRate: number): BacktestReport =>
      run(dataSet, "buy-and-hold", {}, { settings: { riskFreeRate } });
    const [without, against] = [measured(0), measured(0.05)];
    const daily = 1.05 ** (1 / 252) - 1;
    for (const of of [
      (report: BacktestReport) => report.metrics,
      (report: BacktestReport) => report.benchmark.metrics,
      (report: BacktestReport) => report.market?.metrics,
    ]) {
      const fall = (of(without)?.sharpe ?? NaN) - (of(against)?.sharpe ?? NaN);
      expect(fall).toBeCloseTo((daily * 252) / (of(against)?.volatility ?? NaN), 9);
    }
    const equity = against.equity.map(([, value]) => value);
    const excess = equity.slice(1).map((value, i) => value / (equity[i] ?? NaN) - 1 - daily);
    const meanOf = (values: number[]): number => values.reduce((sum, one) => sum + one, 0) / values.length;
    const downside = Math.sqrt(meanOf(excess.map((one) => Math.min(one, 0) ** 2)));
    // The equity in the report is rounded to cents.
    expect(against.metrics.sortino).toBeCloseTo((meanOf(excess) / downside) * Math.sqrt(252), 4);
  });

  it("leaves the index out where it begins too late, and says so", () => {
    const price = steady(50, 1.001);
    const late = dailyBars(
      "IDX",
      { open: price, close: price },
      Array.from(price, (_, i) => i + 1),
    );
    const dataSet = dataSetOf([dailyBars("A", { open: price, close: price })], { benchmark: late });
    const report = run(dataSet, "buy-and-hold");
    expect(report.market).toBeNull();
    expect(report.absent["market"]).toBe("IDX has no bar by the first row.");
  });

  it("refuses a window without two bars", () => {
    const price = steady(10, 1.01);
    const bars = dailyBars("A", { open: price, close: price });
    const first = bars.time[0] ?? NaN;
    expect(() => run(dataSetOf([bars], { from: first, to: first }), "buy-and-hold")).toThrow(
      expect.objectContaining({ code: "DATA_INSUFFICIENT" }),
    );
    expect(() => run(dataSetOf([bars], { from: first + 1, to: first + 2 }), "buy-and-hold")).toThrow(
      expect.objectContaining({ code: "EMPTY_WINDOW" }),
    );
  });
});
