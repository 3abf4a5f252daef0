import { at, type Column, last } from "../../market/column.ts";
import { absent, finite, type Statistic } from "../../statistic.ts";

/** Last value / first value - 1. Absent without a value or where the first is not positive. */
export function totalReturn(equity: Column): Statistic {
  if (equity.length === 0) return absent("There is no equity.");
  if (at(equity, 0) <= 0) return absent("The first equity is not positive.");
  return finite(last(equity) / at(equity, 0) - 1, "The equity is not finite.");
}
