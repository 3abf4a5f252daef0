import { at, type Column } from "../../market/column.ts";
import { absent, finite, type Statistic } from "../../statistic.ts";

/**
 * The deepest fall from an earlier high, a negative fraction; 0 where the equity never falls. Definition:
 * empyrical and ffn `max_drawdown`. Absent without values or where the first is not positive.
 */
export function maxDrawdown(equity: Column): Statistic {
  if (equity.length === 0) return absent("There is no equity.");
  if (at(equity, 0) <= 0) return absent("The first equity is not positive.");
  let high = -Infinity;
  let deepest = 0;
  for (let i = 0; i < equity.length; i += 1) {
    const value = at(equity, i);
    if (value > high) high = value;
    deepest = Math.min(deepest, value / high - 1);
  }
  return finite(deepest, "The equity is not finite.");
}
