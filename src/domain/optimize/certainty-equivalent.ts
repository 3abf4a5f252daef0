import type { Column } from "../market/column.ts";
import { mean, sampleDeviation } from "../risk/moments.ts";

/** Of a careful investor; studies of timing and of forecasts take 3 to 10 (see `certaintyEquivalent`). */
export const RISK_AVERSION = 5;

/**
 * The riskless annual return that is worth as much as these returns to an investor who weighs mean against variance:
 * mean - 5 / 2 x variance, both annual and of simple returns (DeMiguel, Garlappi and Uppal, Review of Financial Studies 22, 2009,
 * equation 13; Campbell and Thompson, Review of Financial Studies 21, 2008). 0 of fewer than two returns.
 */
export function certaintyEquivalent(returns: Column, periodsPerYear: number): number {
  if (returns.length < 2) return 0;
  return periodsPerYear * (mean(returns) - (RISK_AVERSION / 2) * sampleDeviation(returns) ** 2);
}
