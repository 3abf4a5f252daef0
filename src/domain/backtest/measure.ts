import type { Column } from "../market/column.ts";
import { simpleReturns } from "../risk/returns.ts";
import { volatility } from "../risk/volatility.ts";
import { absent, type Absent, splitStatistics, type Statistic } from "../statistic.ts";
import { cents } from "./cents.ts";
import type { Metrics } from "./report.ts";
import type { RoundTrip } from "./simulation.ts";
import { annualReturn } from "./statistics/annual-return.ts";
import { cagr } from "./statistics/cagr.ts";
import { calmar } from "./statistics/calmar.ts";
import { meanExposure } from "./statistics/exposure.ts";
import { maxDrawdown } from "./statistics/max-drawdown.ts";
import { profitFactor } from "./statistics/profit-factor.ts";
import { isRuined } from "./statistics/ruined.ts";
import { sharpe } from "./statistics/sharpe.ts";
import { sortino } from "./statistics/sortino.ts";
import { statedPerYear } from "./statistics/stated-per-year.ts";
import { totalReturn } from "./statistics/total-return.ts";
import { annualTurnover } from "./statistics/turnover.ts";
import { winRate } from "./statistics/win-rate.ts";

/** What there is to measure: columns of equal length, one value per row. */
export interface Course {
  /** Epoch milliseconds of the equity values. */
  readonly time: Column;
  readonly equity: Column;
  readonly exposure: Column;
  readonly turnover: Column;
  readonly trades: readonly RoundTrip[];
  /** In money. */
  readonly costs: number;
}

/** The statistics of a course with the reason of every one that is absent; the definitions stand in statistics/. */
export function measure(
  course: Course,
  periodsPerYear: number,
  riskFreeRate: number,
): { metrics: Metrics; absent: Record<string, string> } {
  const { equity, time, trades } = course;
  const returns = simpleReturns(equity);
  const ruined = isRuined(equity);
  const gone: Absent = absent("The equity fell to zero or below, which has no returns.");
  const ofReturns = (statistic: (returns: Column) => Statistic): Statistic =>
    ruined ? gone : statistic(returns);

  const yearly = statedPerYear(
    ofReturns((r) => annualReturn(r, periodsPerYear)),
    time,
  );
  const deepest = maxDrawdown(equity);
  const { values, absent: reasons } = splitStatistics({
    totalReturn: totalReturn(equity),
    cagr: statedPerYear(cagr(equity, time), time),
    annualReturn: yearly,
    volatility: ofReturns((r) => volatility(r, periodsPerYear)),
    sharpe: ofReturns((r) => sharpe(r, periodsPerYear, riskFreeRate)),
    sortino: ofReturns((r) => sortino(r, periodsPerYear, riskFreeRate)),
    calmar: calmar(yearly, deepest),
    maxDrawdown: deepest,
    winRate: winRate(trades),
    profitFactor: profitFactor(trades),
    exposure: meanExposure(course.exposure),
    turnover: annualTurnover(course.turnover, periodsPerYear),
  });
  return {
    metrics: { ...values, trades: trades.length, costs: cents(course.costs) },
    absent: reasons,
  };
}
