import { squash } from "./squash.ts";

/** With fewer symbols "better than the others" says nothing. */
export const FEWEST_ACROSS = 3;

/** Scores that differ by less are equal but for rounding. */
const EQUAL = 1e-9;

/**
 * One factor's scores relative to each other: their z-scores across symbols (population deviation),
 * squashed into [-1, 1]. All 0 where they are equal. The values' order does not matter.
 */
export function scoreAcross(scores: readonly number[]): number[] {
  // Summed in sorted order, so that the order of the symbols changes not even the last bit.
  const sorted = Float64Array.from(scores).sort();
  const mean = sorted.reduce((sum, score) => sum + score, 0) / sorted.length;
  const squares = sorted.reduce((sum, score) => sum + (score - mean) ** 2, 0);
  const deviation = Math.sqrt(squares / sorted.length);
  return scores.map((score) => (deviation < EQUAL ? 0 : squash((score - mean) / deviation)));
}
