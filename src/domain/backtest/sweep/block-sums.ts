import { foldStart } from "../proof/fold-start.ts";

/** Blocks of the cross-validation, the most first, and how many combinations each is for: 16 make 12,870 splits. */
const BLOCKS = [
  { blocks: 16, upTo: 2_000 },
  { blocks: 12, upTo: 5_000 },
  { blocks: 8, upTo: Infinity },
  { blocks: 6, upTo: Infinity },
  { blocks: 4, upTo: Infinity },
] as const;

const FEWEST_PER_BLOCK = 15;

/**
 * Sums and squares of a run's returns by blocks of rows: all that the probability of overfitting needs of it,
 * however long the data. A run has `2 x blocks` entries, a sum and the squares by turns.
 */
export interface BlockSums {
  readonly blocks: number;
  /** Per block the row of the window (counted from 0) whose return is the first of the next block. */
  readonly ends: Int32Array;
  readonly into: Float64Array;
}

/** Blocks that differ by at most one return in length, over so many rows. */
export function blockSums(rows: number, blocks: number, into: Float64Array): BlockSums {
  // The return of row i is number i - 1.
  const ends = Int32Array.from({ length: blocks }, (_, block) => foldStart(block + 1, blocks, rows - 1) + 1);
  return { blocks, ends, into };
}

/** As many blocks as the rows and the memory for so many combinations allow; null: too few rows for any. */
export function chooseBlocks(rows: number, combinations: number): number | null {
  const fits = BLOCKS.find(
    ({ blocks, upTo }) => combinations <= upTo && (rows - 1) / blocks >= FEWEST_PER_BLOCK,
  );
  return fits?.blocks ?? null;
}
