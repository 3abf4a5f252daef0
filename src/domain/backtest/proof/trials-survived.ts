import { expectedMaximumSharpe } from "../statistics/deflated-sharpe.ts";
import { sharpeProbability } from "../statistics/probabilistic-sharpe.ts";
import type { SharpeRecord } from "../statistics/sharpe-record.ts";

const MOST = 1_000_000;

interface TrialsSurvived {
  /** The most independent trials of which this could have been the best, and still be above luck. */
  readonly trials: number;
  /** The deflated Sharpe ratio had it been the best of ten. */
  readonly ofTen: number;
}

/**
 * How many trials a Sharpe ratio survives: the largest N whose deflated Sharpe ratio is above a confidence, where the
 * trials are without skill, so that their ratios per period deviate by 1 / sqrt(n - 1) over n returns. At
 * least 1, at most a million. Source as of deflatedSharpe.
 */
export function trialsSurvived(record: SharpeRecord, confidence: number): TrialsSurvived {
  const deviation = 1 / Math.sqrt(record.length - 1);
  const deflated = (count: number): number =>
    sharpeProbability(record, expectedMaximumSharpe({ count, deviation }));
  let low = 1;
  let high = MOST + 1;
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (deflated(middle) > confidence) low = middle;
    else high = middle;
  }
  return { trials: low, ofTen: deflated(10) };
}
