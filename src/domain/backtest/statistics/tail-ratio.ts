import type { Column } from "../../market/column.ts";
import { quantiles } from "../../risk/quantile.ts";
import { absent, finite, type Statistic } from "../../statistic.ts";

/**
 * Tail ratio: |95th percentile of the returns| / |5th percentile|, linearly interpolated (empyrical
 * `tail_ratio`). Above 1 the large gains are larger than the large losses. Absent without returns and where the
 * 5th percentile is zero.
 */
export function tailRatio(returns: Column): Statistic {
  if (returns.length === 0) return absent("There are no returns.");
  const [low = NaN, high = NaN] = quantiles(returns, [0.05, 0.95]);
  if (low === 0) return absent("The 5th percentile of the returns is zero.");
  return finite(Math.abs(high / low), "The 5th percentile is too small.");
}
