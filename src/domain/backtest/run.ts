import { isoTime } from "../iso-time.ts";
import { at, type Column, last } from "../market/column.ts";
import type { DataSet } from "../market/data-set.ts";
import { periodsPerYear } from "../risk/annualisation.ts";
import { cents } from "./cents.ts";
import { equityPoints } from "./equity-points.ts";
import { costsByKind } from "./costs-by-kind.ts";
import { describeCourse } from "./course/course.ts";
import { decide } from "./decide.ts";
import type { Decisions } from "./decisions.ts";
import { simulate } from "./engine.ts";
import { flagsOf } from "./flags.ts";
import { indexCloses, indexComparison } from "./index-comparison.ts";
import { measure } from "./measure.ts";
import { measureStatistics } from "./measure-statistics.ts";
import type { Proof } from "./proof/report.ts";
import type { BacktestReport, Trade } from "./report.ts";
import type { BacktestSettings } from "./settings.ts";
import { type RoundTrip, type Simulation, totalCosts } from "./simulation.ts";
import { windowRows } from "./window-rows.ts";
import { CONFIDENCE, PARTICIPATION } from "./statistics-schema.ts";
import { buyAndHold } from "./strategies/buy-and-hold.ts";
import { judge } from "./verdict.ts";

const BUY_AND_HOLD = "buy and hold";

export interface BacktestOptions {
  readonly dataSet: DataSet;
  /** How the report names what decided. */
  readonly strategy: { readonly name: string; readonly params: Readonly<Record<string, unknown>> };
  /** For the data set's panel. */
  readonly decisions: Decisions;
  readonly settings: BacktestSettings;
  /** Of the random-signal null. */
  readonly seed: number;
  /** Adds the course for charts to the report. */
  readonly detail?: boolean;
  /** What `--prove` found. */
  readonly proof?: Proof;
  /** Further things that a reader must know. */
  readonly flags?: readonly string[];
}

/**
 * Backtests decisions over the data set's window: rows that open within [from, to]. Earlier rows are history
 * for look-backs only (see simulate for decisions made there). Money in the report is rounded to cents, all
 * else is as computed. Times are the closes of rows for equity and the opens of bars for trades.
 * @throws FinAgentError EMPTY_WINDOW, DATA_INSUFFICIENT (fewer than two rows), BAD_ARGUMENT (decisions that do
 *   not fit the panel)
 */
export function runBacktest(options: BacktestOptions): BacktestReport {
  const { dataSet, decisions, settings, seed } = options;
  const { panel } = dataSet;
  const window = windowRows(dataSet);
  const closeTime = panel.closeTime.subarray(window.fromRow, window.toRow);
  const year = periodsPerYear(panel);

  const simulation = simulate(panel, decisions, settings, window);
  // What stops sell is not held.
  const unstopped = { ...settings, stopLoss: null, takeProfit: null, trailingStop: null };
  const held = simulate(panel, decide(buyAndHold, panel, {}), unstopped, window);
  const own = measure(courseOf(simulation, closeTime), year, settings.riskFreeRate);
  const benchmark = measure(courseOf(held, closeTime), year, settings.riskFreeRate);
  const index = dataSet.benchmark;
  const market = index === null ? null : indexComparison(index, closeTime, year, settings.riskFreeRate);
  const closes = index === null ? null : indexCloses(index, closeTime);
  const {
    absent: noStatistic,
    statistics,
    ...tables
  } = measureStatistics({
    panel,
    settings,
    simulation,
    closeTime,
    market: closes ?? held.equity,
    periodsPerYear: year,
  });
  const noMarket =
    index === null ? "The source has no index." : `${index.symbol} has no bar by the first row.`;

  return {
    dataSetId: dataSet.id,
    strategy: options.strategy.name,
    params: { ...options.strategy.params },
    settings,
    symbols: [...panel.symbols],
    from: isoTime(at(panel.time, window.fromRow)),
    to: isoTime(last(closeTime)),
    bars: closeTime.length,
    decisions: simulation.decisions,
    finalEquity: cents(last(simulation.equity)),
    metrics: own.metrics,
    statistics,
    absent: { ...own.absent, ...noStatistic, ...(market === null ? { market: noMarket } : {}) },
    definitions: {
      periodsPerYear: year,
      riskFreeRate: settings.riskFreeRate,
      deviation: "sample",
      market: market?.name ?? BUY_AND_HOLD,
      confidence: CONFIDENCE,
      participation: PARTICIPATION,
    },
    costs: costsByKind(simulation),
    ...tables,
    benchmark: { name: BUY_AND_HOLD, ...benchmark },
    market,
    course:
      options.detail === true
        ? describeCourse({
            panel,
            settings,
            simulation,
            closeTime,
            benchmark: held.equity,
            market: closes,
            periodsPerYear: year,
          })
        : null,
    equity: equityPoints(closeTime, simulation.equity),
    tradeList: simulation.trades.map((trade) => reportTrade(trade, dataSet)),
    verdict: judge({
      panel,
      window,
      settings,
      decisions,
      simulation,
      metrics: own.metrics,
      benchmark: benchmark.metrics,
      periodsPerYear: year,
      seed,
      ...(options.proof === undefined ? {} : { proof: options.proof }),
    }),
    proof: options.proof ?? null,
    flags: [...flagsOf(dataSet, settings, simulation), ...(options.flags ?? [])],
  };
}

export function courseOf(simulation: Simulation, time: Column): Parameters<typeof measure>[0] {
  const { equity, exposure, turnover, trades } = simulation;
  return { time, equity, exposure, turnover, trades, costs: totalCosts(simulation) };
}

export function reportTrade(trade: RoundTrip, { panel }: DataSet): Trade {
  return {
    symbol: panel.symbols[trade.symbol] ?? "",
    shares: trade.shares,
    entryTime: isoTime(at(panel.time, trade.entryRow)),
    exitTime: isoTime(at(panel.time, trade.exitRow)),
    entryPrice: trade.entryPrice,
    exitPrice: trade.exitPrice,
    profit: cents(trade.profit),
    return: trade.return,
    open: trade.open,
  };
}
