import { FinAgentError } from "../../errors.ts";
import type { Column } from "../../market/column.ts";
import { absent, type Absent } from "../../statistic.ts";
import { BlockMoments } from "./block-moments.ts";

/** Of 16 blocks 12,870 splits can be made; the paper's choice. */
const SPLITS = 16;
const MOST_SPLITS = 20;

export interface Overfitting {
  /**
   * Probability that the trial that was best in sample is below the median of all trials out of sample; a
   * median place counts half, so that noise gives 0.5 for any number of trials.
   */
  readonly probability: number;
  /** Share of the splits in which the trial that was best in sample loses money out of sample. */
  readonly probabilityOfLoss: number;
  /** Mean Sharpe ratio per period of the chosen trial, in sample and out of sample. */
  readonly inSampleSharpe: number;
  readonly outOfSampleSharpe: number;
  readonly trials: number;
  readonly rows: number;
  readonly blocks: number;
  /** Ways of taking half of the blocks as the sample. */
  readonly combinations: number;
}

/**
 * The probability of backtest overfitting by combinatorially symmetric cross-validation: the rows are cut
 * into blocks of (nearly) equal length; every half of them in turn is the sample in which the trial with the
 * highest Sharpe ratio is chosen, and the other half shows where it ranks among all trials out of sample.
 * Absent with fewer than two trials or two rows per block: then there was nothing to choose, or to see.
 *
 * Source: Bailey, Borwein, Lopez de Prado and Zhu, The Probability of Backtest Overfitting, Journal of
 * Computational Finance 20(4), 2017.
 *
 * @param returns one column per trial, all over the same rows
 * @param splits blocks, an even number up to 20
 * @param purge rows left out at the beginning of every block but the first, so that what was held over from one
 *   block does not leak into the next
 * @throws FinAgentError BAD_ARGUMENT where columns differ in length, or `splits` is no such number
 */
export function probabilityOfOverfitting(
  returns: readonly Column[],
  splits: number = SPLITS,
  purge = 0,
): Overfitting | Absent {
  if (!Number.isInteger(splits) || splits < 2 || splits > MOST_SPLITS || splits % 2 !== 0) {
    throw new FinAgentError("BAD_ARGUMENT", `${splits} blocks cannot be halved in every way.`, {
      hint: `Choose an even number from 2 to ${MOST_SPLITS}.`,
    });
  }
  const trials = returns.length;
  if (trials < 2) return absent("One trial alone was not chosen among others.");
  const rows = returns[0]?.length ?? 0;
  if (Math.floor(rows / splits) < 2 + purge) {
    return absent(`${rows} rows are too few for ${splits} blocks.`);
  }
  return crossValidate(BlockMoments.ofReturns(returns, splits, purge), trials, rows, splits);
}

/**
 * The same from sums by block, for trials too many or too long to keep their returns.
 * @param sums per trial and block the sum of the returns, then of their squares
 * @param blocks an even number up to 20
 * @param rows returns of a trial
 * @param riskFree per row, taken off the returns
 */
export function overfittingOfSums(
  sums: Column,
  trials: number,
  blocks: number,
  rows: number,
  riskFree: number,
): Overfitting | Absent {
  if (trials < 2) return absent("One trial alone was not chosen among others.");
  if (Math.floor(rows / blocks) < 2) return absent(`${rows} rows are too few for ${blocks} blocks.`);
  return crossValidate(BlockMoments.ofSums(sums, trials, blocks, rows, riskFree), trials, rows, blocks);
}

function crossValidate(moments: BlockMoments, trials: number, rows: number, blocks: number): Overfitting {
  const first = new Float64Array(trials);
  const second = new Float64Array(trials);
  const tally = { combinations: 0, below: 0, losses: 0, inSample: 0, outOfSample: 0 };
  const all = 2 ** blocks - 1;
  // A half and its complement are two splits with one computation; the first block is in one of the two.
  for (let half = 1; half <= all; half += 2) {
    if (countBits(half) !== blocks / 2) continue;
    moments.sharpe(half, first);
    moments.sharpe(all ^ half, second);
    judge(first, second, tally);
    judge(second, first, tally);
  }
  const { combinations } = tally;
  return {
    probability: tally.below / combinations,
    probabilityOfLoss: tally.losses / combinations,
    inSampleSharpe: tally.inSample / combinations,
    outOfSampleSharpe: tally.outOfSample / combinations,
    trials,
    rows,
    blocks,
    combinations,
  };
}

interface Tally {
  combinations: number;
  below: number;
  losses: number;
  inSample: number;
  outOfSample: number;
}

function judge(inSample: Column, outOfSample: Column, tally: Tally): void {
  let best = 0;
  let highest = inSample[0] ?? NaN;
  for (let trial = 1; trial < inSample.length; trial += 1) {
    const ratio = inSample[trial] ?? NaN;
    if (ratio > highest) {
      highest = ratio;
      best = trial;
    }
  }
  const own = outOfSample[best] ?? NaN;
  let worse = 0;
  let equal = 0;
  for (let trial = 0; trial < outOfSample.length; trial += 1) {
    const ratio = outOfSample[trial] ?? NaN;
    if (ratio < own) worse += 1;
    else if (ratio === own) equal += 1;
  }
  // Twice its rank less the median rank, with ties in the middle of their places.
  const place = 2 * worse + equal - outOfSample.length;
  tally.below += place < 0 ? 1 : place === 0 ? 0.5 : 0;
  tally.losses += own < 0 ? 1 : 0;
  tally.inSample += highest;
  tally.outOfSample += own;
  tally.combinations += 1;
}

function countBits(mask: number): number {
  let count = 0;
  for (let rest = mask; rest !== 0; rest &= rest - 1) count += 1;
  return count;
}
