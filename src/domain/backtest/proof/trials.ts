import type { Params } from "./parameter-grid.ts";

/** Variants of a strategy over the same periods. */
export interface Trials {
  readonly params: readonly Params[];
  /** One column of returns per variant. */
  readonly returns: readonly Float64Array[];
  /** Which one is the run itself. */
  readonly own: number;
  readonly barsPerPeriod: number;
  /** Of a period of the returns. */
  readonly periodsPerYear: number;
  readonly riskFreePerPeriod: number;
  /** Closes of the periods before the first one and of each, one more than there are periods. */
  readonly time: Float64Array;
  /** Periods that a position lasts on average: how far a decision reaches; at most a quarter of a fold. */
  readonly horizon: number;
}
