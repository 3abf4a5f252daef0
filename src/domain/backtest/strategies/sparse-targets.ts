import type { Column } from "../../market/column.ts";
import type { Targets } from "../targets.ts";

/**
 * Targets from one column of weights per symbol over all rows of a panel, NaN where nothing is decided: only
 * rows with a decision are kept.
 */
export function sparseTargets(rows: number, weights: readonly Column[]): Targets {
  const decided = new Uint8Array(rows);
  let count = 0;
  for (const column of weights) {
    for (let row = 0; row < rows; row += 1) {
      if (decided[row] === 1 || Number.isNaN(column[row] ?? NaN)) continue;
      decided[row] = 1;
      count += 1;
    }
  }
  const kept = new Int32Array(count);
  for (let row = 0, k = 0; row < rows; row += 1) {
    if (decided[row] !== 1) continue;
    kept[k] = row;
    k += 1;
  }
  return {
    rows: kept,
    weights: weights.map((column) => {
      const values = new Float64Array(count);
      for (let k = 0; k < count; k += 1) values[k] = column[kept[k] ?? -1] ?? NaN;
      return values;
    }),
  };
}
