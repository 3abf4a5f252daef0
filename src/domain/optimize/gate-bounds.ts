import type { GateBounds } from "./report.ts";

/**
 * The bounds of the gate. They stand in the code alone: no prompt, policy, setting, model or optimizer writes them.
 */

/**
 * Error rate of one optimisation: how often it may accept anything on the validation spans where no candidate is
 * better. Each p-value is held against its budget'th part (Bonferroni). The proposer learns nothing from the validation
 * spans but that a candidate was rejected, so up to the first wrong acceptance its candidates are those of one fixed
 * sequence, and the sum of their error rates bounds the whole, however it chooses.
 */
export const LEVEL = 0.05;

/** Probability, after all candidates ever tried, that the Sharpe ratio on the validation spans is above zero. */
export const LEAST_DEFLATED_SHARPE = 0.95;

/** A maximum drawdown may be deeper than the baseline's by this much. */
export const DEEPER_DRAWDOWN = 0.03;

/** The hold-out confirms one version, not many; each further optimisation that looks at it asks for more. */
export const HOLDOUT_LEVEL = 0.1;

/** Of the interval of the difference. */
export const CONFIDENCE = 0.95;

export function pValueBound(budget: number): number {
  return LEVEL / budget;
}

export function holdoutBound(openedBefore: number): number {
  return HOLDOUT_LEVEL / (1 + openedBefore);
}

/** As the report states them. */
export function gateBounds({
  budget,
  triedBefore,
  tried,
}: {
  readonly budget: number;
  readonly triedBefore: number;
  readonly tried: number;
}): GateBounds {
  return {
    level: LEVEL,
    pValueBound: pValueBound(budget),
    deflatedSharpe: LEAST_DEFLATED_SHARPE,
    drawdown: DEEPER_DRAWDOWN,
    holdoutLevel: HOLDOUT_LEVEL,
    triedBefore,
    tried,
  };
}
