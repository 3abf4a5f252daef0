import { simulate } from "../backtest/engine.ts";
import { measure } from "../backtest/measure.ts";
import { courseOf, reportTrade } from "../backtest/run.ts";
import type { BacktestSettings } from "../backtest/settings.ts";
import { coarseReturns } from "../backtest/proof/coarse-returns.ts";
import { type Simulation, totalCosts } from "../backtest/simulation.ts";
import { at } from "../market/column.ts";
import type { DataSet } from "../market/data-set.ts";
import type { Panel } from "../market/panel.ts";
import type { Policies } from "../policy/policies.ts";
import { rollPolicies, targetsOf } from "../policy/rolling.ts";
import { StageMemo } from "../policy/stage-memo.ts";
import { periodsPerYear } from "../risk/annualisation.ts";
import type { EvaluateOptions, Evaluation, SpanEvaluation } from "./evaluation.ts";
import { ratiosOf } from "./ratios-of.ts";
import { joinSpans } from "./join-spans.ts";
import { lengthOf, type RowSpan } from "./folds.ts";

export type { EvaluateOptions, Evaluation } from "./evaluation.ts";

const MEMOS = new WeakMap<Panel, StageMemo>();

/**
 * What a team with these policies makes of spans of a data set: each span begins in cash and is traded by itself, with
 * every price before it for look-backs, as the pipeline with rules trades a window from its first bar to its last. Costs
 * are those of the settings. What an agent whose policy stays the same said at a row is kept as long as the data set is.
 */
export function evaluateSpans(
  dataSet: DataSet,
  spans: readonly RowSpan[],
  policies: Policies,
  options: EvaluateOptions,
): Evaluation {
  const memo = MEMOS.get(dataSet.panel) ?? new StageMemo();
  MEMOS.set(dataSet.panel, memo);
  const evaluated = spans.map((span) => evaluateSpan(dataSet, span, policies, options, memo));
  return {
    spans: evaluated,
    joined: joinSpans(evaluated, periodsPerYear(dataSet.panel), options.settings.riskFreeRate),
    trades: evaluated.flatMap((span) => span.trades),
  };
}

function evaluateSpan(
  dataSet: DataSet,
  span: RowSpan,
  policies: Policies,
  options: EvaluateOptions,
  memo: StageMemo,
): SpanEvaluation {
  const { panel } = dataSet;
  const { settings } = options;
  const window = { ...dataSet, from: at(panel.time, span.fromRow), to: at(panel.time, span.toRow - 1) };
  const decisions = rollPolicies(window, { ...options, policies, memo });
  const simulation = simulate(panel, targetsOf(panel, decisions), settings, span);
  const time = panel.closeTime.subarray(span.fromRow, span.toRow);
  const { metrics } = measure(courseOf(simulation, time), periodsPerYear(panel), settings.riskFreeRate);
  const { exposure, turnover, trades, equity } = simulation;
  return {
    span,
    figures: {
      bars: lengthOf(span),
      ...ratiosOf(metrics),
      costs: costShare(simulation, settings),
      trades: metrics.trades,
    },
    returns: coarseReturns(equity, 1),
    exposure,
    turnover,
    trades: trades.map((trade) => reportTrade(trade, dataSet)),
  };
}

function costShare(simulation: Simulation, { capital }: BacktestSettings): number {
  return totalCosts(simulation) / capital;
}
