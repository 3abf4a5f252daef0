import { FinAgentError } from "../errors.ts";
import { at, type Column, countAtMost, last } from "../market/column.ts";
import type { DataSet } from "../market/data-set.ts";
import { periodsPerYear } from "../risk/annualisation.ts";
import { cents } from "./cents.ts";
import { type RowWindow, simulate } from "./engine.ts";
import { flagsOf } from "./flags.ts";
import { indexComparison } from "./index-comparison.ts";
import { measure } from "./measure.ts";
import type { BacktestReport, Trade } from "./report.ts";
import type { BacktestSettings } from "./settings.ts";
import type { RoundTrip, Simulation } from "./simulation.ts";
import { buyAndHold } from "./strategies/buy-and-hold.ts";
import type { Targets } from "./targets.ts";
import { judge } from "./verdict.ts";

export interface BacktestOptions {
  readonly dataSet: DataSet;
  /** How the report names what decided. */
  readonly strategy: { readonly name: string; readonly params: Readonly<Record<string, unknown>> };
  /** For the data set's panel. */
  readonly targets: Targets;
  readonly settings: BacktestSettings;
  /** Of the random-signal null. */
  readonly seed: number;
  /** Further things that a reader must know. */
  readonly flags?: readonly string[];
}

/**
 * Backtests targets over the data set's window: rows that open within [from, to]. Earlier rows are history
 * for look-backs only (see simulate for decisions made there). Money in the report is rounded to cents, all
 * else is as computed. Times are the closes of rows for equity and the opens of bars for trades.
 * @throws FinAgentError EMPTY_WINDOW, DATA_INSUFFICIENT (fewer than two rows), BAD_ARGUMENT (targets that do
 *   not fit the panel)
 */
export function runBacktest(options: BacktestOptions): BacktestReport {
  const { dataSet, targets, settings, seed } = options;
  const { panel } = dataSet;
  const window = windowRows(dataSet);
  const closeTime = panel.closeTime.subarray(window.fromRow, window.toRow);
  const year = periodsPerYear(panel);

  const simulation = simulate(panel, targets, settings, window);
  const held = simulate(panel, buyAndHold.targets(panel, {}), settings, window);
  const own = measure(courseOf(simulation, closeTime), year, settings.riskFreeRate);
  const benchmark = measure(courseOf(held, closeTime), year, settings.riskFreeRate);
  const index = dataSet.benchmark;
  const market = index === null ? null : indexComparison(index, closeTime, year, settings.riskFreeRate);
  const noMarket =
    index === null ? "The source has no index." : `${index.symbol} has no bar by the first row.`;

  return {
    dataSetId: dataSet.id,
    strategy: options.strategy.name,
    params: { ...options.strategy.params },
    settings,
    symbols: [...panel.symbols],
    from: iso(at(panel.time, window.fromRow)),
    to: iso(last(closeTime)),
    bars: closeTime.length,
    decisions: simulation.decisions,
    finalEquity: cents(last(simulation.equity)),
    metrics: own.metrics,
    absent: { ...own.absent, ...(market === null ? { market: noMarket } : {}) },
    definitions: { periodsPerYear: year, riskFreeRate: settings.riskFreeRate, deviation: "sample" },
    benchmark: { name: "buy and hold", ...benchmark },
    market,
    equity: Array.from(simulation.equity, (value, i) => [iso(at(closeTime, i)), cents(value)]),
    tradeList: simulation.trades.map((trade) => reportTrade(trade, dataSet)),
    verdict: judge({
      panel,
      settings,
      simulation,
      metrics: own.metrics,
      benchmark: benchmark.metrics,
      periodsPerYear: year,
      seed,
    }),
    flags: [...flagsOf(dataSet, settings, simulation), ...(options.flags ?? [])],
  };
}

function windowRows({ panel, from, to }: DataSet): RowWindow {
  // Times are whole milliseconds, so "before from" is "at most from - 1".
  const fromRow = countAtMost(panel.time, from - 1);
  const toRow = countAtMost(panel.time, to);
  if (toRow - fromRow >= 2) return { fromRow, toRow };
  throw new FinAgentError(
    toRow > fromRow ? "DATA_INSUFFICIENT" : "EMPTY_WINDOW",
    `A backtest needs two bars; ${panel.symbols.join(", ")} ${panel.symbols.length === 1 ? "has" : "have"} ${Math.max(0, toRow - fromRow)} from ${iso(from)} to ${iso(to)}.`,
    { hint: "Choose a longer window." },
  );
}

function courseOf(simulation: Simulation, time: Column): Parameters<typeof measure>[0] {
  const { equity, exposure, turnover, trades, commission, slippage } = simulation;
  return { time, equity, exposure, turnover, trades, costs: commission + slippage };
}

function reportTrade(trade: RoundTrip, { panel }: DataSet): Trade {
  return {
    symbol: panel.symbols[trade.symbol] ?? "",
    shares: trade.shares,
    entryTime: iso(at(panel.time, trade.entryRow)),
    exitTime: iso(at(panel.time, trade.exitRow)),
    entryPrice: trade.entryPrice,
    exitPrice: trade.exitPrice,
    profit: cents(trade.profit),
    return: trade.return,
    open: trade.open,
  };
}

function iso(time: number): string {
  return new Date(time).toISOString();
}
