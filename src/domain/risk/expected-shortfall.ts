import { at, type Column } from "../market/column.ts";
import { finite, type Statistic } from "../statistic.ts";
import { mean, sampleDeviation } from "./moments.ts";
import { selectSmallest } from "./select-smallest.ts";
import { normalDensity, normalQuantile } from "./normal.ts";

const TOO_SHORT = "An expected shortfall needs two returns.";

/**
 * Historical expected shortfall (conditional value at risk) over one bar as a positive fraction of equity: minus
 * the mean of the worst floor((n - 1) x (1 - confidence)) + 1 returns, the convention of empyrical's
 * `conditional_value_at_risk`; 0 where that mean is a gain.
 */
export function historicalExpectedShortfall(returns: Column, confidence: number): Statistic {
  if (returns.length < 2) return finite(NaN, TOO_SHORT);
  const ordered = returns.slice();
  // The small addition keeps 100 x (1 - 0.95) from counting as 4.999….
  const worst = Math.floor((ordered.length - 1) * (1 - confidence) + 1e-9) + 1;
  selectSmallest(ordered, worst - 1);
  let sum = 0;
  for (let index = 0; index < worst; index += 1) sum += at(ordered, index);
  return Math.max(0, -sum / worst);
}

/**
 * Parametric expected shortfall over one bar under normally distributed returns, as a positive fraction of
 * equity: -mean + sample deviation x density(z) / (1 - confidence). See McNeil, Frey and Embrechts,
 * "Quantitative Risk Management", example 2.14.
 */
export function parametricExpectedShortfall(returns: Column, confidence: number): Statistic {
  const tail = normalDensity(normalQuantile(confidence)) / (1 - confidence);
  return finite(Math.max(0, sampleDeviation(returns) * tail - mean(returns)), TOO_SHORT);
}
