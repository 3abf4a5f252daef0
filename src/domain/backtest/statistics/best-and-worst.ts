import type { Column } from "../../market/column.ts";
import { absent, type Statistic } from "../../statistic.ts";

/** The largest value of returns, be they of days, months or trades. Absent, with the reason given, without any. */
export function best(returns: Column, none: string): Statistic {
  if (returns.length === 0) return absent(none);
  let largest = -Infinity;
  for (let i = 0; i < returns.length; i += 1) {
    const value = returns[i] ?? NaN;
    if (value > largest) largest = value;
  }
  return largest;
}

/** The smallest one. */
export function worst(returns: Column, none: string): Statistic {
  if (returns.length === 0) return absent(none);
  let smallest = Infinity;
  for (let i = 0; i < returns.length; i += 1) {
    const value = returns[i] ?? NaN;
    if (value < smallest) smallest = value;
  }
  return smallest;
}
