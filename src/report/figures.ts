import type { Metrics } from "../domain/backtest/report.ts";
import { statisticsSchema, type Statistics } from "../domain/backtest/statistics-schema.ts";
import { count, money, percent, ratio } from "../domain/format.ts";
import { words } from "./words.ts";

type Show = (value: number) => string;

const twoDecimals: Show = (value) => percent(value, 2);
const days: Show = (value) => (value < 10 ? value.toFixed(1) : count(value));

/** How each metric is called and written. */
export const METRICS: Readonly<Record<keyof Metrics, readonly [name: string, show: Show]>> = {
  totalReturn: ["Total return", twoDecimals],
  cagr: ["CAGR", twoDecimals],
  annualReturn: ["Annual return", twoDecimals],
  volatility: ["Volatility", twoDecimals],
  sharpe: ["Sharpe", ratio],
  sortino: ["Sortino", ratio],
  calmar: ["Calmar", ratio],
  maxDrawdown: ["Max drawdown", twoDecimals],
  trades: ["Trades", count],
  winRate: ["Win rate", percent],
  profitFactor: ["Profit factor", ratio],
  exposure: ["Exposure", percent],
  turnover: ["Turnover per year", ratio],
  costs: ["Costs", money],
};

/** How the statistics are written that are not plain ratios. */
const SHOW: Readonly<Partial<Record<keyof Statistics, Show>>> = {
  bestDay: twoDecimals,
  worstDay: twoDecimals,
  bestMonth: twoDecimals,
  worstMonth: twoDecimals,
  positiveMonths: percent,
  valueAtRisk: twoDecimals,
  expectedShortfall: twoDecimals,
  downsideDeviation: twoDecimals,
  ulcerIndex: twoDecimals,
  averageDrawdown: twoDecimals,
  averageDrawdownDays: days,
  longestDrawdownDays: days,
  alpha: twoDecimals,
  timeInMarket: percent,
  expectancy: twoDecimals,
  kellyFraction: percent,
  bestTrade: twoDecimals,
  worstTrade: twoDecimals,
  averageTradeDays: days,
  capacity: (value) => count(value),
  probabilisticSharpe: percent,
  minimumTrackRecordYears: (value) => (value < 100 ? value.toFixed(1) : count(value)),
};

const NAMES: Readonly<Partial<Record<keyof Statistics, string>>> = {
  sqn: "SQN",
  probabilisticSharpe: "Probabilistic Sharpe",
};

export interface NamedStatistic {
  readonly key: keyof Statistics;
  readonly name: string;
  readonly definition: string;
  readonly show: Show;
}

/** Every statistic of the report with its name and its definition. */
export const STATISTICS: readonly NamedStatistic[] = statisticsSchema.keyof().options.map((key) => ({
  key,
  name: NAMES[key] ?? words(key),
  definition: statisticsSchema.shape[key].description ?? "",
  show: SHOW[key] ?? ratio,
}));
