import type { Column } from "../market/column.ts";
import { finite, type Statistic } from "../statistic.ts";
import { mean, sampleDeviation } from "./moments.ts";
import { normalQuantile } from "./normal.ts";
import { quantile } from "./quantile.ts";

const TOO_SHORT = "A value at risk needs two returns.";

/**
 * Historical value at risk over one bar: the loss that `confidence` of the returns do not exceed, as a positive
 * fraction of equity. It is minus the (1 - confidence) quantile of the returns (linear interpolation, see
 * `quantile`), and 0 where that quantile is a gain. See Jorion, "Value at Risk", 3rd edition, chapter 5.
 */
export function historicalValueAtRisk(returns: Column, confidence: number): Statistic {
  if (returns.length < 2) return finite(NaN, TOO_SHORT);
  return Math.max(0, -quantile(returns, 1 - confidence));
}

/**
 * Parametric value at risk over one bar under normally distributed returns, as a positive fraction of equity:
 * -(mean + z x sample deviation) with z the (1 - confidence) quantile of the standard normal distribution, and
 * 0 where that is a gain. Returns have fatter tails than the normal, so it understates far tails.
 */
export function parametricValueAtRisk(returns: Column, confidence: number): Statistic {
  const threshold = mean(returns) + normalQuantile(1 - confidence) * sampleDeviation(returns);
  return finite(Math.max(0, -threshold), TOO_SHORT);
}
