import type { Trade } from "../backtest/report.ts";
import type { DataSet } from "../market/data-set.ts";
import type { DecidingAgent } from "../prompt/deciding-agents.ts";
import type { Evaluation } from "./evaluation.ts";
import { describeSpan, type FoldPlan } from "./folds.ts";
import type { Figures } from "./metric.ts";
import type { OptimizeMetric } from "./metric-names.ts";
import { regimeFigures } from "./regime-figures.ts";
import type { Contribution, FoldSpan, OptimizeReport, Trial } from "./report.ts";

/** A candidate that was tried before, as far as the proposer may know: nothing of its validation figures. */
export interface TriedEvidence {
  readonly number: number;
  readonly version: string | null;
  readonly policy: Trial["policy"];
  /** On all training spans; null where the proposal was not valid. */
  readonly train: Figures | null;
  readonly verdict: Trial["verdict"];
  /** Why a proposal was not valid; null of a valid one, whose reasons hold validation figures. */
  readonly problem: string | null;
}

/** All that a proposer sees; of training spans alone. */
export interface Evidence {
  readonly agent: DecidingAgent;
  readonly metric: OptimizeMetric;
  readonly symbols: readonly string[];
  readonly simulated: boolean;
  readonly folds: readonly { readonly number: number; readonly span: FoldSpan; readonly figures: Figures }[];
  /** All training spans one after the other. */
  readonly train: Figures;
  readonly regimes: OptimizeReport["regimes"];
  /** By profit, the worst first. */
  readonly worstTrades: readonly Trade[];
  readonly attribution: readonly Contribution[];
  readonly tried: readonly TriedEvidence[];
}

const WORST_TRADES = 10;

/**
 * What is known of the parent of the next candidate, from training spans only.
 * @param evaluation the parent's, on the training spans of the plan and on no others
 * @throws RangeError where it is of other spans
 */
export function gatherEvidence({
  agent,
  metric,
  dataSet,
  plan,
  evaluation,
  riskFreeRate,
  attribution,
  trials,
}: {
  readonly agent: DecidingAgent;
  readonly metric: OptimizeMetric;
  readonly dataSet: DataSet;
  readonly plan: FoldPlan;
  readonly evaluation: Evaluation;
  readonly riskFreeRate: number;
  readonly attribution: readonly Contribution[];
  readonly trials: readonly Pick<Trial, "number" | "version" | "policy" | "metrics" | "verdict" | "reason">[];
}): Evidence {
  const folds = plan.folds.map(({ train }, k) => {
    const evaluated = evaluation.spans[k];
    const same = evaluated?.span.fromRow === train.fromRow && evaluated.span.toRow === train.toRow;
    if (evaluated === undefined || !same)
      throw new RangeError(`evidence is of training spans; span ${k} is none`);
    return { number: k + 1, span: describeSpan(dataSet.panel, train), figures: evaluated.figures };
  });
  if (evaluation.spans.length !== folds.length) throw new RangeError("evidence is of training spans alone");
  return {
    agent,
    metric,
    symbols: dataSet.panel.symbols,
    simulated: dataSet.simulated,
    folds,
    train: evaluation.joined.figures,
    regimes: regimeFigures(dataSet, evaluation, riskFreeRate),
    worstTrades: evaluation.trades.toSorted((a, b) => a.profit - b.profit).slice(0, WORST_TRADES),
    attribution,
    tried: trials.map(({ number, version, policy, metrics, verdict, reason }) => ({
      number,
      version,
      policy,
      train: metrics?.train ?? null,
      verdict,
      problem: verdict === "invalid" ? reason : null,
    })),
  };
}
