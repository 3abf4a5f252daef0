import type { Column } from "../../market/column.ts";
import type { Panel } from "../../market/panel.ts";
import type { Targets } from "../targets.ts";
import { TopRanked } from "./top-ranked.ts";

export interface TopOptions {
  /** Rows of the panel at which is decided, ascending. */
  readonly rows: Int32Array;
  /** How many symbols are held, each with one `top`-th of equity (of fewer symbols: an equal part). */
  readonly top: number;
  /** Scores up to this are not held. */
  readonly floor: number;
  /** The score that counts is this many bars old. */
  readonly lag: number;
}

/** Rows of scores in one go: few enough for the processor's cache, enough to read columns in stretches. */
const BLOCK = 64;

/**
 * Holds the symbols with the greatest scores in equal parts, the rest in cash. A symbol without a bar in the row, or
 * whose score is NaN, is not held; among equal scores the first symbols of the panel win.
 *
 * @param scores per symbol, one for each of its bars
 */
export function topTargets(panel: Panel, scores: readonly Column[], options: TopOptions): Targets {
  const { rows, top, floor, lag } = options;
  const symbols = scores.length;
  const part = 1 / Math.min(top, symbols);
  const weights = scores.map(() => new Float64Array(rows.length));
  const ranked = new TopRanked(symbols, top);
  const block = new Float64Array(BLOCK * symbols);
  for (let from = 0; from < rows.length; from += BLOCK) {
    const decided = rows.subarray(from, from + BLOCK);
    for (let s = 0; s < symbols; s += 1) gather(block, s, symbols, panel, scores[s], decided, lag);
    for (let k = 0; k < decided.length; k += 1) {
      const picked = ranked.pick(block.subarray(k * symbols, (k + 1) * symbols), floor);
      for (let i = 0; i < picked.length; i += 1) {
        const column = weights[picked[i] ?? -1];
        if (column !== undefined) column[from + k] = part;
      }
    }
  }
  return { rows, weights };
}

/** Writes a symbol's scores into its column of the block. */
function gather(
  block: Float64Array,
  s: number,
  symbols: number,
  panel: Panel,
  scores: Column = new Float64Array(0),
  rows: Int32Array,
  lag: number,
): void {
  let place = s;
  if (scores.length === panel.rows) {
    for (let k = 0; k < rows.length; k += 1, place += symbols)
      block[place] = scores[(rows[k] ?? 0) - lag] ?? NaN;
    return;
  }
  const barAt = panel.barAt[s] ?? new Int32Array(0);
  for (let k = 0; k < rows.length; k += 1, place += symbols) {
    const bar = barAt[rows[k] ?? 0] ?? -1;
    block[place] = bar < lag ? NaN : (scores[bar - lag] ?? NaN);
  }
}
