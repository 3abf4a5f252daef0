import type { Column } from "../market/column.ts";
import type { Panel } from "../market/panel.ts";
import { marketColumns } from "./market-columns.ts";
import type { BacktestSettings } from "./settings.ts";
import type { Grown, Simulation } from "./simulation.ts";

/** What was held and what that earned, from one row's fill price to the next row's. */
export interface Positions {
  /** One fewer than the rows of the window. */
  readonly periods: number;
  /** Per symbol: weight in equity at the fill price of row t, after its fills. */
  readonly weights: readonly Float64Array[];
  /** Per symbol: adjusted fill price of row t + 1 / that of row t - 1; 0 where the symbol is not listed yet. */
  readonly returns: readonly Float64Array[];
}

/**
 * The weights and returns that multiply to the strategy's own returns before costs. Between bars a symbol
 * stands at its last close.
 */
export function positions(panel: Panel, settings: BacktestSettings, simulation: Simulation): Positions {
  const { fromRow, toRow } = simulation;
  const periods = toRow - fromRow - 1;
  const equity = simulation.cash.slice(0, periods);
  const fills = fillsBySymbol(simulation, panel.symbols.length);
  const weights = panel.symbols.map((_, s) => {
    const values = new Float64Array(periods);
    const prices = fillPrices(panel, settings.prices, settings.fill, s, fromRow, toRow);
    hold(
      values,
      prices,
      fills[s] ?? [],
      simulation,
      simulation.grown.filter(({ symbol }) => symbol === s),
    );
    for (let t = 0; t < periods; t += 1) equity[t] = (equity[t] ?? NaN) + (values[t] ?? NaN);
    return values;
  });
  for (const column of weights) {
    for (let t = 0; t < periods; t += 1) {
      const worth = equity[t] ?? NaN;
      column[t] = worth > 0 ? (column[t] ?? NaN) / worth : 0;
    }
  }
  const returns = panel.symbols.map((_, s) => {
    const prices = fillPrices(panel, "adjusted", settings.fill, s, fromRow, toRow);
    const column = new Float64Array(periods);
    for (let t = 0; t < periods; t += 1) {
      const change = (prices[t + 1] ?? NaN) / (prices[t] ?? NaN) - 1;
      column[t] = change === change ? change : 0;
    }
    return column;
  });
  return { periods, weights, returns };
}

/** Indices of the fills of each symbol, in order of time. */
function fillsBySymbol({ fills }: Simulation, symbols: number): Int32Array[] {
  const counts = new Int32Array(symbols);
  for (let k = 0; k < fills.length; k += 1) {
    const s = fills.symbol[k] ?? 0;
    counts[s] = (counts[s] ?? 0) + 1;
  }
  const bySymbol = Array.from(counts, (count) => new Int32Array(count));
  counts.fill(0);
  for (let k = 0; k < fills.length; k += 1) {
    const s = fills.symbol[k] ?? 0;
    const place = counts[s] ?? 0;
    const list = bySymbol[s];
    if (list !== undefined) list[place] = k;
    counts[s] = place + 1;
  }
  return bySymbol;
}

/** Writes the value of the shares that are held after each row's fills, at that row's price. */
function hold(
  values: Float64Array,
  prices: Column,
  fills: ArrayLike<number>,
  { fills: columns, fromRow }: Simulation,
  grown: readonly Grown[],
): void {
  let shares = 0;
  let row = 0;
  let next = 0;
  const until = (end: number): void => {
    const stop = Math.min(end, values.length);
    if (shares !== 0) for (let t = row; t < stop; t += 1) values[t] = shares * (prices[t] ?? NaN);
    row = stop;
  };
  const grow = (before: number): void => {
    for (; (grown[next]?.row ?? Infinity) <= before; next += 1) {
      until((grown[next]?.row ?? 0) - fromRow);
      shares *= grown[next]?.growth ?? 1;
    }
  };
  for (let k = 0; k < fills.length; k += 1) {
    const fill = fills[k] ?? -1;
    const at = columns.row[fill] ?? NaN;
    grow(at);
    until(at - fromRow);
    shares += columns.shares[fill] ?? NaN;
  }
  grow(fromRow + values.length);
  until(values.length);
}

/** Per row the price a fill would start from: the bar's, else the last close, NaN before the first bar. */
function fillPrices(
  panel: Panel,
  prices: BacktestSettings["prices"],
  fill: BacktestSettings["fill"],
  s: number,
  fromRow: number,
  toRow: number,
): Column {
  const columns = marketColumns(panel, prices);
  const column = (fill === "close" ? columns.close : columns.open)[s] ?? new Float64Array(0);
  const value = columns.value[s];
  const own = column.subarray(fromRow, toRow);
  if (columns.isFull(s) || value === undefined) return own;
  // The last close before the window's first row is no holding of this run.
  const carried = own.slice();
  let traded = false;
  for (let t = 0; t < carried.length; t += 1) {
    if ((carried[t] ?? NaN) === carried[t]) traded = true;
    else if (traded) carried[t] = value[fromRow + t] ?? NaN;
  }
  return carried;
}
