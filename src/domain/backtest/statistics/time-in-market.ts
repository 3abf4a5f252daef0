import type { Column } from "../../market/column.ts";
import { absent, type Statistic } from "../../statistic.ts";

/**
 * Share of the rows at whose close something is held, long or short. backtesting.py's exposure time counts the row
 * of the exit too. Absent without rows.
 * @param exposure gross, by row
 */
export function timeInMarket(exposure: Column): Statistic {
  if (exposure.length === 0) return absent("There are no rows.");
  let held = 0;
  for (let i = 0; i < exposure.length; i += 1) {
    const value = exposure[i] ?? NaN;
    if (value !== 0) held += 1;
  }
  return held / exposure.length;
}
