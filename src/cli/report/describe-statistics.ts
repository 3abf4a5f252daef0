import type { RunReport } from "../../domain/run/report.ts";
import type { Statistics } from "../../domain/backtest/statistics-schema.ts";
import { count, percent, ratio } from "../format.ts";
import type { Block } from "../markdown/block.ts";
import { bullets, cell, heading, paragraph, table } from "../markdown/compose.ts";
import type { Line } from "../terminal/span.ts";
import { absentReasons } from "./absent-reasons.ts";

type Row = readonly [key: keyof Statistics, name: string, show: (value: number) => string];

const twoDecimals = (value: number): string => percent(value, 2);

/** What people look for; the JSON report has the rest. */
const ROWS: readonly Row[] = [
  ["bestDay", "Best day", twoDecimals],
  ["worstDay", "Worst day", twoDecimals],
  ["valueAtRisk", "VaR", twoDecimals],
  ["expectedShortfall", "Expected shortfall", twoDecimals],
  ["skewness", "Skewness", ratio],
  ["kurtosis", "Kurtosis", ratio],
  ["omega", "Omega", ratio],
  ["ulcerIndex", "Ulcer index", twoDecimals],
  ["longestDrawdownDays", "Longest drawdown, days", count],
  ["timeInMarket", "Time in market", percent],
  ["alpha", "Alpha", twoDecimals],
  ["beta", "Beta", ratio],
  ["informationRatio", "Information ratio", ratio],
  ["expectancy", "Expectancy of a trade", twoDecimals],
  ["averageTradeDays", "Average trade, days", (value) => value.toFixed(1)],
  ["sqn", "SQN", ratio],
  ["kellyFraction", "Kelly fraction", percent],
  ["probabilisticSharpe", "P(Sharpe above 0)", percent],
  [
    "minimumTrackRecordYears",
    "Min. track record, years",
    (value) => (value < 1000 ? value.toFixed(1) : count(value)),
  ],
  ["capacity", "Capacity", (value) => count(Math.floor(value))],
];

/** Further statistics of the run in two columns, and why one has no value. */
export function describeStatistics({ metrics, backtest }: RunReport): Block[] {
  if (metrics === null || backtest === null) return [];
  // Cash alone has nothing to tell; the result says so.
  if (metrics.trades === 0 && metrics.exposure === 0) return [];
  const { statistics, absent, definitions } = backtest;
  const half = Math.ceil(ROWS.length / 2);
  const shown = ([key, name, show]: Row): Line[] => {
    const value = statistics[key];
    return [cell(name), value === null ? cell("n/a", "dim") : cell(show(value))];
  };
  const pairs = ROWS.slice(0, half).map((row, at) => {
    const other = ROWS[at + half];
    return [...shown(row), ...(other === undefined ? [cell(""), cell("")] : shown(other))];
  });
  const reasons = absentReasons(ROWS, statistics, absent, backtest.strategy);
  return [
    heading("Statistics"),
    table(
      [
        ["", "left"],
        ["", "right"],
        ["", "left"],
        ["", "right"],
      ],
      pairs,
    ),
    ...(reasons.length === 0 ? [] : [bullets(reasons)]),
    paragraph(
      cell(
        `VaR and expected shortfall of one day at ${percent(definitions.confidence, 0)}; alpha, beta and information ratio against ${definitions.market}; capacity: no fill above ${percent(definitions.participation, 0)} of its bar's volume; minimum track record: after which a Sharpe ratio above 0 is believed at ${percent(definitions.confidence, 0)}.`,
        "dim",
      ),
    ),
  ];
}
