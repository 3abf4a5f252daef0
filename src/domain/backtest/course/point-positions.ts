import type { Column } from "../../market/column.ts";
import type { Panel } from "../../market/panel.ts";
import type { Simulation } from "../simulation.ts";
import type { Points } from "./points.ts";

export interface PointPositions {
  /** Per symbol the last close known at the end of each point, as it was traded; NaN before the first bar. */
  readonly prices: readonly Column[];
  /** Per symbol position value / equity, the mean of each point's rows. */
  readonly weights: readonly Column[];
}

/** Fewer shares than this are what rounding left. */
const DUST = 1e-9;

/** Prices and weights by symbol, rebuilt from the fills in one pass over the rows. */
export function pointPositions(
  panel: Panel,
  simulation: Simulation,
  points: Points,
  raw: boolean,
): PointPositions {
  const { fromRow, fills, grown, equity } = simulation;
  const symbols = panel.symbols.length;
  const shares = new Float64Array(symbols);
  const known = new Float64Array(symbols).fill(NaN);
  const prices = panel.symbols.map(() => new Float64Array(points.ends.length));
  const weights = panel.symbols.map(() => new Float64Array(points.ends.length));
  let fill = 0;
  let growth = 0;
  let row = 0;
  for (let point = 0; point < points.ends.length; point += 1) {
    const end = points.ends[point] ?? 0;
    const rows = end + 1 - row;
    for (; row <= end; row += 1) {
      for (; (grown[growth]?.row ?? Infinity) <= fromRow + row; growth += 1) {
        const { symbol, growth: factor } = grown[growth] ?? { symbol: -1, growth: NaN };
        shares[symbol] = (shares[symbol] ?? NaN) * factor;
      }
      for (; fill < fills.length && (fills.row[fill] ?? NaN) <= fromRow + row; fill += 1) {
        const s = fills.symbol[fill] ?? -1;
        shares[s] = (shares[s] ?? NaN) + (fills.shares[fill] ?? NaN);
      }
      const worth = equity[row] ?? NaN;
      for (let s = 0; s < symbols; s += 1) {
        const bar = panel.barAt[s]?.[fromRow + row] ?? -1;
        const bars = panel.bars[s];
        if (bar >= 0 && bars !== undefined) {
          known[s] = (bars.close[bar] ?? NaN) / (raw ? (bars.factor[bar] ?? NaN) : 1);
        }
        const held = shares[s] ?? NaN;
        const mean = weights[s];
        if (Math.abs(held) < DUST || worth <= 0 || mean === undefined) continue;
        mean[point] = (mean[point] ?? NaN) + (held * (known[s] ?? NaN)) / worth / rows;
      }
    }
    for (let s = 0; s < symbols; s += 1) {
      const price = prices[s];
      if (price !== undefined) price[point] = known[s] ?? NaN;
    }
  }
  return { prices, weights };
}
