import { at } from "../market/column.ts";
import type { Panel } from "../market/panel.ts";
import type { BacktestSettings } from "./settings.ts";
import type { Simulation } from "./simulation.ts";

/** What was held and what that earned, from one row's fill price to the next row's. */
export interface Positions {
  /** One fewer than the rows of the window. */
  readonly periods: number;
  /** Per symbol: weight in equity at the fill price of row t, after its fills. */
  readonly weights: readonly Float64Array[];
  /** Per symbol: fill price of row t + 1 / fill price of row t - 1; 0 where the symbol is not listed yet. */
  readonly returns: readonly Float64Array[];
}

/**
 * The weights and returns that multiply to the strategy's own returns before costs. Between bars a symbol
 * stands at its last close.
 */
export function positions(panel: Panel, settings: BacktestSettings, simulation: Simulation): Positions {
  const { fromRow, toRow, fills } = simulation;
  const rows = toRow - fromRow;
  const prices = panel.symbols.map((_, s) => fillPrices(panel, settings, s, fromRow, toRow));
  const values = panel.symbols.map(() => new Float64Array(rows));
  const shares = new Float64Array(panel.symbols.length);
  let fill = 0;
  for (let row = 0; row < rows; row += 1) {
    for (; fill < fills.length && fills.row[fill] === fromRow + row; fill += 1) {
      const s = fills.symbol[fill] ?? -1;
      shares[s] = at(shares, s) + at(fills.shares, fill);
    }
    let equity = at(simulation.cash, row);
    for (const [s, price] of prices.entries()) {
      if (shares[s] !== 0) equity += at(shares, s) * at(price, row);
    }
    for (const [s, price] of prices.entries()) {
      const column = values[s];
      if (column !== undefined && shares[s] !== 0 && equity > 0) {
        column[row] = (at(shares, s) * at(price, row)) / equity;
      }
    }
  }
  return {
    periods: rows - 1,
    weights: values.map((column) => column.subarray(0, rows - 1)),
    returns: prices.map((price) => {
      const returns = new Float64Array(rows - 1);
      for (let t = 0; t < returns.length; t += 1) {
        const change = at(price, t + 1) / at(price, t) - 1;
        returns[t] = Number.isNaN(change) ? 0 : change;
      }
      return returns;
    }),
  };
}

/** Per row the price a fill would start from: the bar's, else the last close, NaN before the first bar. */
function fillPrices(
  panel: Panel,
  settings: BacktestSettings,
  s: number,
  fromRow: number,
  toRow: number,
): Float64Array {
  const prices = new Float64Array(toRow - fromRow);
  const bars = panel.bars[s];
  const barAt = panel.barAt[s];
  if (bars === undefined || barAt === undefined) return prices.fill(NaN);
  const column = settings.fill === "close" ? bars.close : bars.open;
  let last = NaN;
  for (let row = fromRow; row < toRow; row += 1) {
    const bar = barAt[row] ?? -1;
    prices[row - fromRow] = bar < 0 ? last : at(column, bar);
    if (bar >= 0) last = at(bars.close, bar);
  }
  return prices;
}
