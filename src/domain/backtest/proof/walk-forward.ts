import { at } from "../../market/column.ts";
import { count, percent, ratio } from "../../format.ts";
import { purgedTraining, type Span } from "./purged-training.ts";
import { foldStart } from "./fold-start.ts";
import type { WalkForward } from "./report.ts";
import { bestTrial, spanSharpe } from "./span-sharpe.ts";
import type { Trials } from "./trials.ts";

/** The first fold only trains. */
const FOLDS = 6;
const FEWEST_PER_FOLD = 20;
const EMBARGO = 0.01;

/**
 * Walk-forward analysis: the parameters with the highest Sharpe ratio up to a day are tested on the fold after it,
 * and so on through the run. What lies closer to a test than a position lasts is purged from its training.
 * Doubtful where the tests in a row earn nothing. Efficiency as of Pardo, The Evaluation and Optimization of
 * Trading Strategies, 2008, with Sharpe ratios in place of returns.
 */
export function walkForward(trials: Trials): WalkForward {
  const { returns, params, riskFreePerPeriod: free, periodsPerYear, time } = trials;
  const periods = returns[0]?.length ?? 0;
  const purge = trials.horizon;
  const embargo = Math.ceil(EMBARGO * periods);
  const common = { trials: params.length, barsPerPeriod: trials.barsPerPeriod, purge, embargo };
  if (params.length < 2) return leftOut(common, "It has no numeric parameters to choose.");
  if (periods < FOLDS * FEWEST_PER_FOLD) {
    return leftOut(common, `${count(periods)} returns are too few for ${FOLDS} folds.`);
  }
  const year = Math.sqrt(periodsPerYear);
  const tested = new Float64Array(periods);
  const inSample: number[] = [];
  const folds: WalkForward["folds"] = [];
  for (let fold = 1; fold < FOLDS; fold += 1) {
    const test = { from: foldStart(fold, FOLDS, periods), to: foldStart(fold + 1, FOLDS, periods) };
    // Only the past: what would be left after the test is left out too.
    const training = purgedTraining(test.to, [test], purge, embargo);
    const best = bestTrial(returns, training, free);
    const column = returns[best.trial] ?? tested;
    tested.set(column.subarray(test.from, test.to), test.from);
    inSample.push(orZero(best.sharpe) * year);
    folds.push({
      train: dates(time, { from: 0, to: training.at(-1)?.to ?? 0 }),
      test: dates(time, test),
      params: { ...params[best.trial] },
      inSampleSharpe: orNull(best.sharpe * year),
      outOfSampleSharpe: orNull(spanSharpe(column, [test], free) * year),
    });
  }
  const all = [{ from: foldStart(1, FOLDS, periods), to: periods }];
  const outOfSample = orZero(spanSharpe(tested, all, free)) * year;
  const mean = inSample.reduce((sum, value) => sum + value, 0) / inSample.length;
  const efficiency = mean > 0 ? outOfSample / mean : null;
  return {
    standing: outOfSample > 0 ? "passed" : "doubtful",
    conclusion: `Chosen anew on ${folds.length} training parts among ${params.length} sets of parameters, it has a Sharpe ratio of ${ratio(outOfSample)} out of sample, ${ratio(mean)} in sample${efficiency === null ? "" : ` (efficiency ${percent(efficiency, 0)})`}.`,
    ...common,
    folds,
    inSampleSharpe: mean,
    outOfSampleSharpe: outOfSample,
    efficiency,
  };
}

function dates(time: Float64Array, { from, to }: Span): { from: string; to: string } {
  const iso = (period: number): string => new Date(at(time, period)).toISOString();
  return { from: iso(from), to: iso(to) };
}

function orZero(value: number): number {
  return Number.isFinite(value) ? value : 0;
}

function orNull(value: number): number | null {
  return Number.isFinite(value) ? value : null;
}

function leftOut(
  common: Pick<WalkForward, "trials" | "barsPerPeriod" | "purge" | "embargo">,
  conclusion: string,
): WalkForward {
  return {
    standing: "left out",
    conclusion,
    ...common,
    folds: [],
    inSampleSharpe: null,
    outOfSampleSharpe: null,
    efficiency: null,
  };
}
