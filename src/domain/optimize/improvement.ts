import type { Random } from "../random.ts";

/** How much better one of two columns of returns on the same bars is, by a metric. */
export interface Improvement {
  readonly difference: number;
  /** Ends of the confidence interval. */
  readonly low: number;
  readonly high: number;
  /** One-sided: how often a difference as large comes about where there is none. */
  readonly pValue: number;
  /** Mean, in bars. */
  readonly blockLength: number;
}

export interface ResampleOptions {
  readonly confidence: number;
  /** At most; see `drawDistances`. */
  readonly resamples: number;
  readonly random: Random;
}

/** Of the pairs; longer blocks leave too few of them to estimate a variance from. */
export const LONGEST_BLOCK = 1 / 10;
