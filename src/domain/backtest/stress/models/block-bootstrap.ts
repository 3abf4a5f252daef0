import type { Column } from "../../../market/column.ts";
import { blockLength } from "../../proof/block-length.ts";
import { resample } from "../../proof/stationary-bootstrap.ts";
import type { BarHistory } from "../bar-history.ts";
import type { PathModel } from "./path-model.ts";

/**
 * The stationary bootstrap of Politis and Romano (1994) over dates, the same for all symbols. The mean block is the
 * longer one of those that suit returns and absolute returns (Politis and White 2004), since volatility remembers
 * longer than returns do.
 */
export function blockBootstrap(history: BarHistory): PathModel {
  const moves = history.shapes.map((shapes) => shapes.move);
  const lengths = moves.flatMap((column) => [blockLength(column), blockLength(column.map(Math.abs))]);
  const block = Math.max(...lengths);
  return {
    name: "block-bootstrap",
    keeps: `Blocks of ${block.toFixed(1)} real bars on average follow each other in a new order: returns, their fat tails, who moves with whom and clusters of volatility within a block are kept; trends, cycles and memory longer than a block are destroyed, and with them most of what timing could use.`,
    estimates: { all: { meanBlock: block } },
    draw(random, { dates, moves: drawn, sizes }) {
      resample(dates, block, random, history.length);
      for (const [s, column] of moves.entries()) {
        gather(column, dates, drawn[s]);
        sizes[s]?.fill(1);
      }
    },
  };
}

function gather(from: Column, indices: Int32Array, to: Column | undefined): void {
  if (to === undefined) return;
  for (let i = 0; i < indices.length; i += 1) to[i] = from[indices[i] ?? 0] ?? NaN;
}
