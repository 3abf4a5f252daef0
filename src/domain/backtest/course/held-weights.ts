import { at, type Column } from "../../market/column.ts";

/** So many symbols have a line of their own. */
const MOST_SYMBOLS = 7;

export interface HeldWeights {
  readonly symbols: { symbol: string; weights: number[] }[];
  /** All other symbols together, net; null where there are none. */
  readonly others: number[] | null;
}

/** The symbols that were held, the largest on average first, and the small ones of many together. */
export function heldWeights(symbols: readonly string[], weights: readonly Column[]): HeldWeights {
  const ranked = weights
    .map((column, s) => ({ column, symbol: symbols[s] ?? "", size: meanSize(column) }))
    .filter(({ size }) => size > 0)
    .sort((a, b) => b.size - a.size);
  const shown = ranked.length <= MOST_SYMBOLS + 1 ? ranked : ranked.slice(0, MOST_SYMBOLS);
  const rest = ranked.slice(shown.length);
  return {
    symbols: shown.map(({ symbol, column }) => ({ symbol, weights: Array.from(column) })),
    others:
      rest.length === 0
        ? null
        : Array.from(weights[0] ?? [], (_, i) => rest.reduce((sum, { column }) => sum + at(column, i), 0)),
  };
}

function meanSize(column: Column): number {
  let sum = 0;
  for (const weight of column) sum += Math.abs(weight);
  return sum / column.length;
}
