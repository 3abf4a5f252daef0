import { normalQuantile } from "../../risk/normal.ts";
import { absent, finite, type Statistic } from "../../statistic.ts";
import { type SharpeRecord, sharpeVariance } from "./sharpe-record.ts";

/**
 * Minimum track record length, in years: how long returns like these must go on until a Sharpe ratio above a
 * benchmark is believed with the given confidence, 1 + variance (Z(confidence) / (ratio - benchmark))^2 periods, the
 * variance as of sharpeVariance. Source: Bailey and Lopez de Prado, The Sharpe Ratio Efficient Frontier, Journal of
 * Risk 15 (2012), equation 12. Absent where the ratio is not above the benchmark: then no length is enough.
 * @param benchmark Sharpe ratio per period, as that of the record
 */
export function minimumTrackRecord(
  record: Omit<SharpeRecord, "length">,
  benchmark: number,
  confidence: number,
  periodsPerYear: number,
): Statistic {
  const gap = record.ratio - benchmark;
  if (gap <= 0) return absent("The Sharpe ratio is not above the one to beat.");
  const periods = 1 + sharpeVariance(record) * (normalQuantile(confidence) / gap) ** 2;
  return finite(periods / periodsPerYear, "The Sharpe ratio is too small.");
}
