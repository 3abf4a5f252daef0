import type { Column } from "../market/column.ts";
import type { Panel } from "../market/panel.ts";
import { beta } from "../risk/beta.ts";
import { historicalExpectedShortfall } from "../risk/expected-shortfall.ts";
import { simpleReturns } from "../risk/returns.ts";
import { historicalValueAtRisk } from "../risk/value-at-risk.ts";
import { absent, splitStatistics, type Statistic } from "../statistic.ts";
import { drawdownTable } from "./drawdown-table.ts";
import { marketColumns } from "./market-columns.ts";
import type { BacktestSettings } from "./settings.ts";
import type { RoundTrip, Simulation } from "./simulation.ts";
import { CONFIDENCE, type Drawdown, PARTICIPATION, type Statistics } from "./statistics-schema.ts";
import { alpha } from "./statistics/alpha.ts";
import { averageDrawdown } from "./statistics/average-drawdown.ts";
import { best, worst } from "./statistics/best-and-worst.ts";
import { capacity } from "./statistics/capacity.ts";
import { captureRatios } from "./statistics/capture-ratio.ts";
import { centralMoments } from "./statistics/central-moments.ts";
import { downsideDeviation } from "./statistics/downside-deviation.ts";
import { averageDrawdownDays, longestDrawdownDays } from "./statistics/drawdown-days.ts";
import { type DrawdownSpell, drawdownSpells } from "./statistics/drawdown-spells.ts";
import { expectancy } from "./statistics/expectancy.ts";
import { informationRatio } from "./statistics/information-ratio.ts";
import { kellyFraction } from "./statistics/kelly-fraction.ts";
import { kurtosis } from "./statistics/kurtosis.ts";
import { minimumTrackRecord } from "./statistics/minimum-track-record.ts";
import { omega } from "./statistics/omega.ts";
import { type NamedReturn, namedReturns, periodEnds, returnsBetween } from "./statistics/period-returns.ts";
import { positiveShare } from "./statistics/positive-share.ts";
import { sharpeProbability } from "./statistics/probabilistic-sharpe.ts";
import { isRuined } from "./statistics/ruined.ts";
import { type SharpeRecord, sharpeRecord } from "./statistics/sharpe-record.ts";
import { skewness } from "./statistics/skewness.ts";
import { sqn } from "./statistics/sqn.ts";
import { stability } from "./statistics/stability.ts";
import { statedPerYear } from "./statistics/stated-per-year.ts";
import { tailRatio } from "./statistics/tail-ratio.ts";
import { timeInMarket } from "./statistics/time-in-market.ts";
import { averageTradeDays } from "./statistics/trade-duration.ts";
import { ulcerIndex } from "./statistics/ulcer-index.ts";

export interface StatisticsParts {
  readonly panel: Panel;
  readonly settings: BacktestSettings;
  readonly simulation: Simulation;
  /** Closes of the window's rows, epoch milliseconds. */
  readonly closeTime: Column;
  /** Any scale, over the same rows. */
  readonly market: Column;
  readonly periodsPerYear: number;
}

export interface MeasuredStatistics {
  readonly statistics: Statistics;
  /** The reason of every statistic that is null. */
  readonly absent: Record<string, string>;
  readonly drawdowns: Drawdown[];
  readonly monthly: NamedReturn[];
  readonly yearly: NamedReturn[];
}

/** Everything that is measured beside the metrics. */
export function measureStatistics(parts: StatisticsParts): MeasuredStatistics {
  const { closeTime } = parts;
  const { equity } = parts.simulation;
  const spells = drawdownSpells(equity);
  const monthEnds = periodEnds(closeTime, "month");
  const months = returnsBetween(equity, monthEnds);
  const yearEnds = periodEnds(closeTime, "year");
  const { values, absent: reasons } = splitStatistics({
    ...ofReturns(parts, months),
    ...ofDrawdowns(parts, spells),
    ...ofTrades(parts),
  });
  return {
    statistics: values,
    absent: reasons,
    drawdowns: drawdownTable(spells, closeTime),
    monthly: namedReturns(months, monthEnds, closeTime, "month"),
    yearly: namedReturns(returnsBetween(equity, yearEnds), yearEnds, closeTime, "year"),
  };
}

function ofReturns(parts: StatisticsParts, months: Column) {
  const { simulation, closeTime, settings, market, periodsPerYear: year } = parts;
  const { equity } = simulation;
  const free = settings.riskFreeRate;
  const ruined = isRuined(equity);
  const returns = ruined ? new Float64Array() : simpleReturns(equity);
  const marketReturns = ruined ? returns : simpleReturns(market);
  const moments = centralMoments(returns);
  const dayEnds = periodEnds(closeTime, "day");
  const days = dayEnds.length === equity.length ? returns : returnsBetween(equity, dayEnds);
  const capture = captureRatios(returns, marketReturns);
  const record = sharpeRecord(returns, year, free);
  const ofRecord = (statistic: (record: SharpeRecord) => Statistic): Statistic =>
    "absent" in record ? record : statistic(record);
  const statistics = {
    bestDay: best(days, "No day has a return."),
    worstDay: worst(days, "No day has a return."),
    bestMonth: best(months, "No month has a return."),
    worstMonth: worst(months, "No month has a return."),
    positiveMonths: positiveShare(months, "No month has a return."),
    valueAtRisk: historicalValueAtRisk(days, CONFIDENCE),
    expectedShortfall: historicalExpectedShortfall(days, CONFIDENCE),
    skewness: skewness(moments),
    kurtosis: kurtosis(moments),
    tailRatio: tailRatio(returns),
    omega: omega(returns, year, free),
    downsideDeviation: downsideDeviation(returns, year, free),
    stability: stability(equity),
    alpha: statedPerYear(alpha(returns, marketReturns, year, free), closeTime),
    beta: beta(returns, marketReturns),
    informationRatio: informationRatio(returns, marketReturns, year),
    upCapture: capture.up,
    downCapture: capture.down,
    probabilisticSharpe: ofRecord((one) => sharpeProbability(one, 0)),
    minimumTrackRecordYears: ofRecord((one) => minimumTrackRecord(one, 0, CONFIDENCE, year)),
  };
  return ruined ? withoutReturns(statistics) : statistics;
}

function withoutReturns<K extends string>(statistics: Record<K, Statistic>): Record<K, Statistic> {
  const gone = absent("The equity fell to zero or below, which has no returns.");
  const reasons = { ...statistics };
  for (const name in reasons) reasons[name] = gone;
  return reasons;
}

function ofDrawdowns({ simulation, closeTime }: StatisticsParts, spells: readonly DrawdownSpell[]) {
  return {
    ulcerIndex: ulcerIndex(simulation.equity),
    averageDrawdown: averageDrawdown(spells),
    averageDrawdownDays: averageDrawdownDays(spells, closeTime),
    longestDrawdownDays: longestDrawdownDays(spells, closeTime),
  };
}

function ofTrades({ simulation, panel, settings, closeTime }: StatisticsParts) {
  const { trades, fills, exposure, fromRow } = simulation;
  const closed = trades.filter((trade) => !trade.open);
  const column = (read: (trade: RoundTrip) => number): Column => Float64Array.from(closed, read);
  const returns = column((trade) => trade.return);
  const profits = column((trade) => trade.profit);
  return {
    timeInMarket: timeInMarket(exposure),
    expectancy: expectancy(returns),
    sqn: sqn(profits),
    kellyFraction: kellyFraction(profits),
    bestTrade: best(returns, "No trade was closed."),
    worstTrade: worst(returns, "No trade was closed."),
    averageTradeDays: averageTradeDays(closed, closeTime, fromRow),
    capacity: capacity(fills, marketColumns(panel, settings.prices), settings.capital, PARTICIPATION),
  };
}
