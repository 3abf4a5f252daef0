import type { Bars } from "../market/bars.ts";
import type { Statistic } from "../statistic.ts";

/**
 * One reason to expect a higher or a lower price. The built-in factors stand in factors/; a program gives the
 * runtime its own, and names them in the alpha policy.
 */
export interface Factor {
  /** As policies name it, e.g. `momentum`. */
  readonly name: string;
  /** One sentence, for people and for models. */
  readonly description: string;
  /**
   * The factor's own figure at the last of the bars, the greater the better for the price. The bars end at
   * the time of the decision; only a trailing window of about `lookbackBars` is to be read, as this is
   * called for many symbols at every rebalance. Absent, with the reason, where history does not suffice.
   */
  evaluate(bars: Bars, lookbackBars: number): Statistic;
  /** Turns that figure into a score in [-1, 1], rising with it. */
  score(value: number): number;
}
