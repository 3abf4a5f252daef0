import type { Metrics } from "../../domain/backtest/report.ts";
import type { RunReport } from "../../domain/run/report.ts";
import { count, money, percent, rate, ratio } from "../format.ts";
import type { Block } from "../markdown/block.ts";
import { bullets, cell, heading, paragraph, table } from "../markdown/compose.ts";
import { absentReasons } from "./absent-reasons.ts";

type Row = readonly [key: keyof Metrics, name: string, show: (value: number) => string];

/** What is shown of a run, in this order. */
export const METRIC_ROWS: readonly Row[] = [
  ["totalReturn", "Total return", (value) => percent(value, 2)],
  ["cagr", "CAGR", (value) => percent(value, 2)],
  ["annualReturn", "Annual return", (value) => percent(value, 2)],
  ["volatility", "Volatility", (value) => percent(value, 2)],
  ["sharpe", "Sharpe", ratio],
  ["sortino", "Sortino", ratio],
  ["calmar", "Calmar", ratio],
  ["maxDrawdown", "Max drawdown", (value) => percent(value, 2)],
  ["trades", "Trades", count],
  ["winRate", "Win rate", percent],
  ["profitFactor", "Profit factor", ratio],
  ["exposure", "Exposure", percent],
  ["turnover", "Turnover", ratio],
  ["costs", "Costs", money],
];

interface Column {
  readonly name: string;
  readonly metrics: Metrics;
  readonly absent: Readonly<Record<string, string>>;
}

/** The run beside buy and hold and beside the market; what has no value says why below. */
export function describeMetrics(report: RunReport): Block[] {
  const { metrics, backtest, benchmark, market } = report;
  if (metrics === null) return [];
  const columns: Column[] = [
    { name: backtest?.strategy ?? "this run", metrics, absent: backtest?.absent ?? {} },
    ...(benchmark === null ? [] : [benchmark]),
    ...(market === null ? [] : [market]),
  ];
  const idle = metrics.trades === 0 && metrics.exposure === 0;
  const reasons = columns.flatMap((column, at) =>
    idle && at === 0
      ? ["Nothing was traded: all of it stayed in cash."]
      : absentReasons(METRIC_ROWS, column.metrics, column.absent, column.name),
  );
  return [
    heading("Result"),
    table(
      [["", "left"], ...columns.map(({ name }) => [name, "right"] as const)],
      METRIC_ROWS.map(([key, name, show]) => [
        cell(name),
        ...columns.map((column) => {
          const value = column.metrics[key];
          return value === null ? cell("n/a", "dim") : cell(show(value));
        }),
      ]),
    ),
    ...(reasons.length === 0 ? [] : [bullets(reasons)]),
    ...(backtest === null
      ? []
      : [
          paragraph(
            cell(
              `${backtest.definitions.periodsPerYear} periods a year, ${backtest.definitions.deviation} standard deviation, risk-free rate ${rate(backtest.definitions.riskFreeRate)}.`,
              "dim",
            ),
          ),
        ]),
  ];
}
