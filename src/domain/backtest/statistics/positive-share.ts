import type { Column } from "../../market/column.ts";
import { absent, type Statistic } from "../../statistic.ts";

/** Share of returns above zero, be they of months or of years. Absent, with the reason given, without any. */
export function positiveShare(returns: Column, none: string): Statistic {
  if (returns.length === 0) return absent(none);
  let positive = 0;
  for (let i = 0; i < returns.length; i += 1) {
    const value = returns[i] ?? NaN;
    if (value > 0) positive += 1;
  }
  return positive / returns.length;
}
