import { FinAgentError } from "../../errors.ts";
import type { Column } from "../../market/column.ts";
import { foldStart } from "./fold-start.ts";

/** A variance below this share of the mean square is rounding. */
const NO_VARIANCE = 1e-12;

/**
 * Sums and squares of many columns by blocks of rows, prepared so that the Sharpe ratio of any set of blocks
 * costs two additions a column: the sums of all subsets of the lower half of the blocks are tabulated, and
 * those of the upper half.
 */
export class BlockMoments {
  readonly #columns: number;
  readonly #lowBlocks: number;
  readonly #low: Subsets;
  readonly #high: Subsets;

  private constructor(columns: number, blocks: number) {
    this.#columns = columns;
    this.#lowBlocks = blocks >> 1;
    this.#low = emptySubsets(this.#lowBlocks, columns);
    this.#high = emptySubsets(blocks - this.#lowBlocks, columns);
  }

  /**
   * @param purge rows left out at the beginning of every block but the first
   * @throws FinAgentError BAD_ARGUMENT where columns differ in length
   */
  static ofReturns(columns: readonly Column[], blocks: number, purge: number): BlockMoments {
    const moments = new BlockMoments(columns.length, blocks);
    const rows = columns[0]?.length ?? 0;
    for (const [c, column] of columns.entries()) {
      if (column.length !== rows) {
        throw new FinAgentError(
          "BAD_ARGUMENT",
          `Trial ${c} has ${column.length} returns, trial 0 has ${rows}; they must cover the same rows.`,
        );
      }
      for (let block = 0; block < blocks; block += 1) {
        const from = foldStart(block, blocks, rows) + (block === 0 ? 0 : purge);
        const to = foldStart(block + 1, blocks, rows);
        let sum = 0;
        let squares = 0;
        for (let t = from; t < to; t += 1) {
          const value = column[t] ?? NaN;
          sum += value;
          squares += value * value;
        }
        moments.#set(c, block, sum, squares, to - from);
      }
    }
    return moments.#complete();
  }

  /**
   * From sums that were made while the returns were at hand.
   * @param sums per column and block the sum of the returns, then of their squares
   * @param rows returns of a column
   * @param riskFree per row, taken off the returns
   */
  static ofSums(sums: Column, columns: number, blocks: number, rows: number, riskFree: number): BlockMoments {
    const moments = new BlockMoments(columns, blocks);
    for (let c = 0; c < columns; c += 1) {
      for (let block = 0; block < blocks; block += 1) {
        const at = 2 * (c * blocks + block);
        const count = foldStart(block + 1, blocks, rows) - foldStart(block, blocks, rows);
        const sum = sums[at] ?? NaN;
        const squares = (sums[at + 1] ?? NaN) - 2 * riskFree * sum + count * riskFree ** 2;
        moments.#set(c, block, sum - count * riskFree, squares, count);
      }
    }
    return moments.#complete();
  }

  #set(column: number, block: number, sum: number, squares: number, count: number): void {
    const low = block < this.#lowBlocks;
    const subsets = low ? this.#low : this.#high;
    const mask = 1 << (low ? block : block - this.#lowBlocks);
    subsets.sums[mask * this.#columns + column] = sum;
    subsets.squares[mask * this.#columns + column] = squares;
    subsets.counts[mask] = count;
  }

  #complete(): this {
    addUp(this.#low, this.#columns);
    addUp(this.#high, this.#columns);
    return this;
  }

  /**
   * Writes each column's Sharpe ratio per period over a set of blocks; 0 where its returns do not vary.
   * @param mask bit b stands for block b
   */
  sharpe(mask: number, into: Column): void {
    const columns = this.#columns;
    const low = mask & (2 ** this.#lowBlocks - 1);
    const high = mask >> this.#lowBlocks;
    const rows = (this.#low.counts[low] ?? NaN) + (this.#high.counts[high] ?? NaN);
    const lowSums = this.#low.sums;
    const lowSquares = this.#low.squares;
    const highSums = this.#high.sums;
    const highSquares = this.#high.squares;
    const lowAt = low * columns;
    const highAt = high * columns;
    const scale = Math.sqrt((rows - 1) / rows);
    for (let c = 0; c < columns; c += 1) {
      const sum = (lowSums[lowAt + c] ?? NaN) + (highSums[highAt + c] ?? NaN);
      const squares = (lowSquares[lowAt + c] ?? NaN) + (highSquares[highAt + c] ?? NaN);
      const spread = squares * rows - sum * sum;
      into[c] = spread > squares * rows * NO_VARIANCE ? (scale * sum) / Math.sqrt(spread) : 0;
    }
  }
}

interface Subsets {
  /** By mask, then by column. */
  readonly sums: Float64Array;
  readonly squares: Float64Array;
  readonly counts: Float64Array;
}

function emptySubsets(blocks: number, columns: number): Subsets {
  const size = 2 ** blocks;
  return {
    sums: new Float64Array(size * columns),
    squares: new Float64Array(size * columns),
    counts: new Float64Array(size),
  };
}

/** Fills the subsets of more than one block from smaller ones. */
function addUp({ sums, squares, counts }: Subsets, columns: number): void {
  for (let mask = 1; mask < counts.length; mask += 1) {
    const single = mask & -mask;
    const rest = mask ^ single;
    if (rest === 0) continue;
    counts[mask] = (counts[single] ?? NaN) + (counts[rest] ?? NaN);
    for (let c = 0; c < columns; c += 1) {
      const to = mask * columns + c;
      const one = single * columns + c;
      const other = rest * columns + c;
      sums[to] = (sums[one] ?? NaN) + (sums[other] ?? NaN);
      squares[to] = (squares[one] ?? NaN) + (squares[other] ?? NaN);
    }
  }
}
