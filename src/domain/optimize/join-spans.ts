import { measure } from "../backtest/measure.ts";
import type { Column } from "../market/column.ts";
import { ratiosOf } from "./ratios-of.ts";
import type { SpanEvaluation, Stretch } from "./evaluation.ts";

const YEAR_MS = 365.25 * 86_400_000;

/**
 * Spans one after the other: their returns in a row, and the figures of the equity that they would make. Exposure and turnover
 * are means over all bars, costs and trades add up. Time counts by bars, `periodsPerYear` of them to a year.
 */
export function joinSpans(
  spans: readonly SpanEvaluation[],
  periodsPerYear: number,
  riskFreeRate: number,
): Stretch {
  const returns = joined(spans.map((span) => span.returns));
  const equity = new Float64Array(returns.length + 1).fill(1);
  for (const [t, value] of returns.entries()) equity[t + 1] = (equity[t] ?? NaN) * (1 + value);
  const { metrics } = measure(
    {
      time: equity.map((_, t) => (t * YEAR_MS) / periodsPerYear),
      equity,
      exposure: joined(spans.map((span) => span.exposure)),
      turnover: joined(spans.map((span) => span.turnover)),
      trades: [],
      costs: 0,
    },
    periodsPerYear,
    riskFreeRate,
  );
  const sum = (read: (span: SpanEvaluation) => number): number =>
    spans.reduce((total, span) => total + read(span), 0);
  return {
    figures: {
      bars: sum((span) => span.figures.bars),
      ...ratiosOf(metrics),
      costs: sum((span) => span.figures.costs ?? NaN),
      trades: sum((span) => span.figures.trades),
    },
    returns,
  };
}

function joined(columns: readonly Column[]): Float64Array {
  const all = new Float64Array(columns.reduce((length, column) => length + column.length, 0));
  let length = 0;
  for (const column of columns) {
    all.set(column, length);
    length += column.length;
  }
  return all;
}
