import { counted, percent, ratio } from "../format.ts";
import { deflatedSharpe as deflate } from "../backtest/statistics/deflated-sharpe.ts";
import { sharpePerPeriod } from "../backtest/statistics/sharpe.ts";
import { randomFrom } from "../random.ts";
import { sampleDeviation } from "../risk/moments.ts";
import { type Absent, isAbsent, orNull, type Statistic } from "../statistic.ts";
import type { Stretch } from "./evaluation.ts";
import {
  CONFIDENCE,
  DEEPER_DRAWDOWN,
  holdoutBound,
  LEAST_DEFLATED_SHARPE,
  pValueBound,
} from "./gate-bounds.ts";
import type { Improvement } from "./improvement.ts";
import type { OptimizeMetric } from "./metric-names.ts";
import { metricOf } from "./metric-of.ts";
import { METRIC_WORDS } from "./metric-words.ts";
import type { GateCheck, Trial } from "./report.ts";
import { testImprovement } from "./test-improvement.ts";

interface Yardstick {
  readonly metric: OptimizeMetric;
  readonly periodsPerYear: number;
  /** Annual, as in the settings of the evaluation. */
  readonly riskFreeRate: number;
  readonly seed: number;
}

export interface TrialToJudge extends Yardstick {
  /** On the validation spans. */
  readonly candidate: Stretch;
  /** The last version that the gate let through, else the baseline. */
  readonly best: Stretch;
  /** The version in force. */
  readonly baseline: Stretch;
  /** Every other candidate ever tried for the agent, on whatever market; null: it had no Sharpe ratio. */
  readonly trialsEver: readonly { readonly sharpePerPeriod: number | null }[];
  /** Candidates that this optimisation may try. */
  readonly budget: number;
}

export interface Judgement extends Pick<Trial, "checks" | "difference" | "pValue" | "deflatedSharpe"> {
  /** Of the candidate on the validation spans: what later trials are deflated by. */
  readonly sharpePerPeriod: number | null;
  readonly accepted: boolean;
  /** In sentences with the figures. */
  readonly reason: string;
}

/** Resamples beyond the bound of the p-value, at least, so that chance in drawing them decides little. */
const RESAMPLES_BEYOND = 20;
const FEWEST_RESAMPLES = 4999;

/**
 * Holds a candidate against the gate: it has to be better than the best so far, with a p-value below the level's part (see
 * gate-bounds.ts), with a Sharpe ratio that every candidate ever tried does not explain, and without a much deeper drawdown than the
 * baseline's. What has no value has not passed.
 */
export function judgeTrial(trial: TrialToJudge): Judgement {
  const { candidate, best, baseline, metric, budget } = trial;
  const bound = pValueBound(budget);
  const test = improvementOf(candidate, best, trial, bound);
  const own = sharpePerPeriod(candidate.returns, trial.periodsPerYear, trial.riskFreeRate);
  const deflated = deflatedOf(trial, own);
  const checks = [
    improvementCheck(candidate, best, metric),
    pValueCheck(test, bound),
    deflatedCheck(deflated, trial.trialsEver.length + 1),
    drawdownCheck(candidate, baseline),
  ];
  const failed = checks.filter((check) => !check.passed);
  return {
    checks,
    difference:
      "absent" in test
        ? null
        : { value: test.difference, low: test.low, high: test.high, confidence: CONFIDENCE },
    pValue: "absent" in test ? null : test.pValue,
    deflatedSharpe: orNull(deflated),
    sharpePerPeriod: orNull(own),
    accepted: failed.length === 0,
    reason: (failed.length === 0 ? checks : failed).map((check) => check.says).join(" "),
  };
}

export interface HoldoutToJudge extends Yardstick {
  /** On the hold-out. */
  readonly baseline: Stretch;
  readonly candidate: Stretch;
  /** Optimisations that have looked at bars of it before. */
  readonly openedBefore: number;
}

export interface Confirmation {
  readonly confirmed: boolean;
  readonly pValue: number | null;
  /** In sentences with the figures. */
  readonly says: string;
}

/** Whether the hold-out agrees that the candidate is better than the version in force. */
export function confirmOnHoldout(holdout: HoldoutToJudge): Confirmation {
  const { baseline, candidate, metric, openedBefore } = holdout;
  const bound = holdoutBound(openedBefore);
  const checks = [
    improvementCheck(candidate, baseline, metric),
    pValueCheck(improvementOf(candidate, baseline, holdout, bound), bound),
  ];
  const confirmed = checks.every((check) => check.passed);
  const opened =
    openedBefore === 0
      ? "It was opened for the first time."
      : `It had been opened ${counted(openedBefore, "time")} before.`;
  return {
    confirmed,
    pValue: checks.find((check) => check.name === "p-value")?.value ?? null,
    says: `The hold-out ${confirmed ? "agrees" : "does not agree"}: ${checks.map((check) => check.says).join(" ")} ${opened}`,
  };
}

function improvementOf(
  candidate: Stretch,
  other: Stretch,
  { metric, periodsPerYear, riskFreeRate, seed }: Yardstick,
  bound: number,
): Improvement | Absent {
  return testImprovement(candidate.returns, other.returns, {
    metric,
    periodsPerYear,
    riskFreeRate,
    confidence: CONFIDENCE,
    resamples: Math.max(FEWEST_RESAMPLES, Math.ceil(RESAMPLES_BEYOND / bound)),
    random: randomFrom(seed).fork("gate"),
  });
}

/**
 * The ratios of candidates without skill spread by the standard error of a Sharpe ratio of zero, 1 / sqrt(n), at most
 * (Lo, The Statistics of Sharpe Ratios, Financial Analysts Journal 58, 2002). What they spread beyond it is that some are worse,
 * and that a bad candidate came before must not count against a good one.
 */
function deflatedOf(trial: TrialToJudge, own: Statistic): Statistic {
  if (isAbsent(own)) return own;
  const { candidate, periodsPerYear, riskFreeRate, trialsEver } = trial;
  const ratios = trialsEver.flatMap(({ sharpePerPeriod: one }) => one ?? []);
  const spread = ratios.length === 0 ? 0 : sampleDeviation(Float64Array.from([...ratios, own]));
  return deflate(candidate.returns, periodsPerYear, riskFreeRate, {
    count: trialsEver.length + 1,
    deviation: Math.min(spread, 1 / Math.sqrt(candidate.returns.length)),
  });
}

function improvementCheck(candidate: Stretch, other: Stretch, metric: OptimizeMetric): GateCheck {
  const value = metricOf(candidate.figures, metric);
  const before = metricOf(other.figures, metric);
  const by = value === null || before === null ? null : value - before;
  const [now, then] = [shown(metric, value), shown(metric, before)];
  const passed = by !== null && by > 0;
  return {
    name: "improvement",
    passed,
    value: by,
    bound: 0,
    says: `The ${METRIC_WORDS[metric]} is ${now} after ${then}${by === null ? ", so there is nothing to compare" : passed ? "" : ", no improvement"}.`,
  };
}

function pValueCheck(test: Improvement | Absent, bound: number): GateCheck {
  const common = { name: "p-value" as const, bound };
  if ("absent" in test) {
    return { ...common, passed: false, value: null, says: `There is no p-value: ${test.absent}` };
  }
  const passed = test.pValue <= bound;
  return {
    ...common,
    passed,
    value: test.pValue,
    says: `The p-value of ${small(test.pValue)} ${passed ? "is within" : "is above"} the bound of ${small(bound)}.`,
  };
}

function deflatedCheck(deflated: Statistic, trials: number): GateCheck {
  const common = { name: "deflated Sharpe" as const, bound: LEAST_DEFLATED_SHARPE };
  const after = `after ${trials} ${trials === 1 ? "candidate" : "candidates"} ever tried`;
  if (isAbsent(deflated)) {
    return {
      ...common,
      passed: false,
      value: null,
      says: `There is no deflated Sharpe ratio: ${deflated.absent}`,
    };
  }
  const passed = deflated >= LEAST_DEFLATED_SHARPE;
  return {
    ...common,
    passed,
    value: deflated,
    says: `The deflated Sharpe ratio ${after} is ${small(deflated)}, ${passed ? "at least" : "below"} ${LEAST_DEFLATED_SHARPE}.`,
  };
}

function drawdownCheck(candidate: Stretch, baseline: Stretch): GateCheck {
  const [own, before] = [candidate.figures.maxDrawdown, baseline.figures.maxDrawdown];
  const deeper = own === null || before === null ? null : before - own;
  const passed = deeper !== null && deeper <= DEEPER_DRAWDOWN;
  return {
    name: "drawdown",
    passed,
    value: deeper,
    bound: DEEPER_DRAWDOWN,
    says: `The maximum drawdown is ${percent(own)}, the baseline's ${percent(before)}${passed ? "" : `: deeper by more than ${percent(DEEPER_DRAWDOWN)}`}.`,
  };
}

function shown(metric: OptimizeMetric, value: number | null): string {
  return metric === "annualReturn" || metric === "maxDrawdown" ? percent(value) : ratio(value);
}

/** A probability with as many digits as it takes to tell it from a bound. */
function small(probability: number): string {
  return probability < 0.0001 ? "less than 0.0001" : probability.toFixed(4);
}
