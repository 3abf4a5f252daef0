import type { Column } from "../../market/column.ts";

/** One time below an earlier high. */
export interface DrawdownSpell {
  /** Row of the high: the last one before the fall. */
  readonly start: number;
  /** Row where it was deepest, the first of such. */
  readonly trough: number;
  /** Row where the high was reached again, or else the last row. */
  readonly end: number;
  readonly recovered: boolean;
  /** Trough / high - 1, negative. */
  readonly depth: number;
}

/**
 * Every drawdown in order of time. It starts at the row of the high and lasts until the high is reached again, as
 * backtesting.py counts it; ffn starts one row later, at the first below the high. The deepest is the maximum
 * drawdown. None where the first value is not positive.
 */
export function drawdownSpells(equity: Column): DrawdownSpell[] {
  const spells: DrawdownSpell[] = [];
  const last = equity.length - 1;
  let high = equity[0] ?? NaN;
  if (!(high > 0)) return spells;
  let start = 0;
  let trough = -1;
  let lowest = Infinity;
  const close = (end: number, recovered: boolean): void => {
    spells.push({ start, trough, end, recovered, depth: lowest / high - 1 });
  };
  for (let row = 1; row <= last; row += 1) {
    const value = equity[row] ?? NaN;
    if (value < high) {
      if (value < lowest) {
        lowest = value;
        trough = row;
      }
      continue;
    }
    if (trough >= 0) close(row, true);
    trough = -1;
    lowest = Infinity;
    high = value;
    start = row;
  }
  if (trough >= 0) close(last, false);
  return spells;
}
