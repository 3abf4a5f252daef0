import { count, percent, ratio } from "../../format.ts";
import { sampleDeviation } from "../../risk/moments.ts";
import { orNull } from "../../statistic.ts";
import { deflatedSharpe } from "../statistics/deflated-sharpe.ts";
import { independentTrials } from "./independent-trials.ts";
import { combinatorialPaths } from "./combinatorial-paths.ts";
import { probabilityOfOverfitting } from "./probability-of-overfitting.ts";
import type { OverfittingReport } from "./report.ts";
import { spanSharpe } from "./span-sharpe.ts";
import type { Trials } from "./trials.ts";

const BLOCKS = [16, 12, 8, 6, 4] as const;
const FEWEST_PER_BLOCK = 15;
const EMBARGO = 0.01;
const CONFIDENCE = 0.95;

/**
 * How much of the result may come from having chosen these parameters among others like them: the probability of
 * backtest overfitting, the paths of combinatorial purged cross-validation, and the Sharpe ratio deflated by the
 * number of trials. Doubtful where the choice is more likely than not to be below the median out of sample and
 * loses there, or where the deflated ratio does not clear 95 %; a note where such a choice gains all the same, as
 * all of the trials are alike.
 * @param riskFreeRate annual
 */
export function overfitting(trials: Trials, riskFreeRate: number): OverfittingReport {
  const { returns, params, own, periodsPerYear, riskFreePerPeriod: free } = trials;
  const periods = returns[0]?.length ?? 0;
  const blocks = BLOCKS.find((one) => periods / one >= FEWEST_PER_BLOCK) ?? 0;
  if (params.length < 2)
    return leftOut("It has no numeric parameters, so nothing was chosen among variants.");
  if (blocks === 0) return leftOut(`${count(periods)} returns are too few to cross-validate.`);

  const whole = [{ from: 0, to: periods }];
  const year = Math.sqrt(periodsPerYear);
  const ratios = returns.map((column) => finiteOrZero(spanSharpe(column, whole, free)));
  const purge = Math.min(trials.horizon, Math.floor(periods / blocks / 4));
  const excess = returns.map((column) => column.map((value) => value - free));
  const result = probabilityOfOverfitting(excess, blocks, purge);
  if ("absent" in result) return leftOut(result.absent);
  const paths = combinatorialPaths(returns, trials.horizon, Math.ceil(EMBARGO * periods), free).map(
    (path) => finiteOrZero(spanSharpe(path, whole, free)) * year,
  );
  const independent = independentTrials(returns);
  const deflated = orNull(
    deflatedSharpe(returns[own] ?? new Float64Array(0), periodsPerYear, riskFreeRate, {
      count: independent,
      deviation: sampleDeviation(Float64Array.from(ratios)),
    }),
  );
  const { probability, probabilityOfLoss } = result;
  const idle = probability > 0.5;
  const significant = (deflated ?? 0) > CONFIDENCE;
  const lowest = Math.min(...paths);
  const highest = Math.max(...paths);
  return {
    standing: !significant || (idle && result.outOfSampleSharpe <= 0) ? "doubtful" : idle ? "note" : "passed",
    conclusion: `Among ${params.length} sets of parameters the best in sample is below the median out of sample with probability ${percent(probability, 0)} and loses with probability ${percent(probabilityOfLoss, 0)}; the paths of cross-validation have Sharpe ratios of ${ratio(lowest)} to ${ratio(highest)}; deflated by ${independent.toFixed(1)} independent trials, the Sharpe ratio is above luck with probability ${percent(deflated)}.`,
    trials: params.map((one, k) => ({
      params: { ...one },
      sharpe: (ratios[k] ?? 0) * year,
      totalReturn: compounded(returns[k]),
      own: k === own,
    })),
    probability,
    probabilityOfLoss,
    blocks: result.blocks,
    combinations: result.combinations,
    paths,
    independentTrials: independent,
    deflatedSharpe: deflated,
  };
}

function finiteOrZero(value: number): number {
  return Number.isFinite(value) ? value : 0;
}

function leftOut(conclusion: string): OverfittingReport {
  return {
    standing: "left out",
    conclusion,
    trials: [],
    probability: null,
    probabilityOfLoss: null,
    blocks: 0,
    combinations: 0,
    paths: [],
    independentTrials: null,
    deflatedSharpe: null,
  };
}

function compounded(returns: Float64Array | undefined): number | null {
  if (returns === undefined) return null;
  const growth = returns.reduce((wealth, value) => wealth * (1 + value), 1) - 1;
  return Number.isFinite(growth) ? growth : null;
}
