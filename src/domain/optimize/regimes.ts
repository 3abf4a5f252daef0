import type { Column } from "../market/column.ts";
import type { Panel } from "../market/panel.ts";

/** Trailing windows, in bars: of the trend, of the volatility, and of what is usual. */
const TREND = 63;
const SHORT = 21;
const USUAL = 252;

export const REGIMES = ["calm rise", "calm fall", "rough rise", "rough fall"] as const;

export type Regime = (typeof REGIMES)[number];

/**
 * The regime in which each row of a panel begins, as it was known at the close before; null where there is less history than a quarter
 * of daily bars. All symbols in equal parts make the market: it rises where the mean of its last 63 returns is above 0,
 * and is rough where the deviation of the last 21 is above that of the last 252 (of all there are, where there are
 * fewer).
 */
export function regimesOf(panel: Panel): (Regime | null)[] {
  const market = marketReturns(panel);
  const sums = new Float64Array(panel.rows + 1);
  const squares = new Float64Array(panel.rows + 1);
  for (const [row, value] of market.entries()) {
    sums[row + 1] = (sums[row] ?? NaN) + value;
    squares[row + 1] = (squares[row] ?? NaN) + value * value;
  }
  // Returns before a row, the first of all being none.
  const over = (row: number, bars: number): { mean: number; deviation: number } => {
    const from = Math.max(1, row - bars);
    const length = row - from;
    const mean = ((sums[row] ?? NaN) - (sums[from] ?? NaN)) / length;
    const square = ((squares[row] ?? NaN) - (squares[from] ?? NaN)) / length;
    return { mean, deviation: Math.sqrt(Math.max(0, square - mean * mean)) };
  };
  return Array.from({ length: panel.rows }, (_, row) => {
    if (row <= TREND) return null;
    const rough = over(row, SHORT).deviation > over(row, USUAL).deviation;
    const rises = over(row, TREND).mean > 0;
    return rough ? (rises ? "rough rise" : "rough fall") : rises ? "calm rise" : "calm fall";
  });
}

/** The mean return of the symbols that have a bar at a row, each since its bar before; 0 where none has. */
function marketReturns(panel: Panel): Column {
  const returns = new Float64Array(panel.rows);
  const counts = new Float64Array(panel.rows);
  for (const [s, bars] of panel.bars.entries()) {
    const index = panel.barAt[s];
    for (let row = 0; row < panel.rows; row += 1) {
      const bar = index?.[row] ?? -1;
      if (bar < 1) continue;
      returns[row] = (returns[row] ?? NaN) + (bars.close[bar] ?? NaN) / (bars.close[bar - 1] ?? NaN) - 1;
      counts[row] = (counts[row] ?? NaN) + 1;
    }
  }
  return returns.map((sum, row) => sum / Math.max(1, counts[row] ?? NaN));
}
