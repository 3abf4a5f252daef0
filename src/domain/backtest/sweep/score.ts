import { isStatedPerYear } from "../statistics/stated-per-year.ts";
import type { Tally } from "./tally.ts";

/**
 * The figures of one combination, in their order in a score. They are the metrics of the backtest's report with
 * the same definitions (statistics/), NaN where one is absent.
 */
export const SCORE_FIELDS = [
  "totalReturn",
  "cagr",
  "annualReturn",
  "volatility",
  "sharpe",
  "sortino",
  "calmar",
  "maxDrawdown",
  "trades",
  "winRate",
  "profitFactor",
  "exposure",
  "turnover",
  "costs",
] as const;

export type ScoreField = (typeof SCORE_FIELDS)[number];

const LESS_IS_BETTER: ReadonlySet<ScoreField> = new Set(["volatility", "turnover", "costs"]);

export function lessIsBetter(field: ScoreField): boolean {
  return LESS_IS_BETTER.has(field);
}

/** Entries of one score. */
export const SCORE_SIZE = SCORE_FIELDS.length;

/** Returns whose variance is below this share of their mean square vary by rounding alone. */
const NO_VARIANCE = 1e-12;

export interface Annual {
  readonly periodsPerYear: number;
  /** Per period. */
  readonly riskFree: number;
  /** Calendar years between the first close and the last, of 365.25 days. */
  readonly years: number;
}

/** Writes the figures that follow from a tally into `into` from `offset` on. */
export function writeScore(tally: Tally, annual: Annual, into: Float64Array, offset: number): void {
  const { periodsPerYear, riskFree, years } = annual;
  const { first, last, sum, squares, ruined } = tally;
  const returns = tally.rows - 1;
  const growth = last / first;
  const mean = sum / returns;
  const spread = squares - sum * mean;
  const variance = returns > 1 && spread > squares * NO_VARIANCE ? spread / (returns - 1) : 0;
  const deviation = Math.sqrt(variance);
  const stated = isStatedPerYear(years);
  const annualReturn = !stated || ruined || returns < 1 ? NaN : growth ** (periodsPerYear / returns) - 1;
  const yearly = Math.sqrt(periodsPerYear);

  into[offset] = finite(growth - 1);
  into[offset + 1] = stated && first > 0 && last > 0 ? finite(growth ** (1 / years) - 1) : NaN;
  into[offset + 2] = finite(annualReturn);
  into[offset + 3] = ruined || returns < 2 ? NaN : deviation * yearly;
  into[offset + 4] = ruined || variance === 0 ? NaN : finite(((mean - riskFree) / deviation) * yearly);
  into[offset + 5] = ruined
    ? NaN
    : finite(((mean - riskFree) / Math.sqrt(tally.shortSquares / returns)) * yearly);
  into[offset + 6] = tally.deepest === 0 ? NaN : finite(annualReturn / Math.abs(tally.deepest));
  into[offset + 7] = tally.deepest;
  into[offset + 8] = tally.trades;
  into[offset + 9] = tally.closed === 0 ? NaN : tally.won / tally.closed;
  into[offset + 10] = tally.lost === 0 ? NaN : tally.gained / tally.lost;
  into[offset + 11] = finite(tally.exposure / tally.rows);
  into[offset + 12] = (tally.turnover * periodsPerYear) / tally.rows;
  into[offset + 13] = tally.costs;
}

/** The place of a figure in a score. */
export function fieldAt(field: ScoreField): number {
  return SCORE_FIELDS.indexOf(field);
}

function finite(value: number): number {
  return Number.isFinite(value) ? value : NaN;
}
