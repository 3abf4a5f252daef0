import { type Column, at } from "../../market/column.ts";
import { mean, sampleDeviation } from "../../risk/moments.ts";

/**
 * How many independent trials are worth as much as some correlated ones: r + (1 - r) N with r their mean
 * correlation (at least 0). Source: Bailey and Lopez de Prado, The Deflated Sharpe Ratio, Journal of Portfolio
 * Management 40 (2014), appendix A.3.
 * @param returns one column per trial
 */
export function independentTrials(returns: readonly Column[]): number {
  const count = returns.length;
  if (count < 2) return count;
  const periods = returns[0]?.length ?? 0;
  // The variance of a sum of standardised columns is N + N (N - 1) r.
  const sum = new Float64Array(periods);
  let varying = 0;
  for (const column of returns) {
    const centre = mean(column);
    const deviation = sampleDeviation(column);
    if (!(deviation > 0)) continue;
    varying += 1;
    for (let t = 0; t < periods; t += 1) sum[t] = at(sum, t) + (at(column, t) - centre) / deviation;
  }
  if (varying < 2) return count;
  const correlation = (sampleDeviation(sum) ** 2 - varying) / (varying * (varying - 1));
  const shared = Math.min(1, Math.max(0, correlation));
  return shared + (1 - shared) * count;
}
