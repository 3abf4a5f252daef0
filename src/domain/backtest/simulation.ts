import type { Column } from "../market/column.ts";
import type { Fills } from "./fills.ts";

/**
 * One position of a symbol from flat to flat (a reversal ends one and begins the next). Scaling up and down
 * in between belongs to it: prices are averages weighted by shares, at fill prices, so that always
 * profit = shares x (exitPrice - entryPrice) - commission.
 */
export interface RoundTrip {
  /** Index into the panel's symbols. */
  readonly symbol: number;
  /** Panel rows of the first fill and of the last. */
  readonly entryRow: number;
  readonly exitRow: number;
  /** All shares that were bought on the way in; negative for a short, which sells on the way in. */
  readonly shares: number;
  readonly entryPrice: number;
  readonly exitPrice: number;
  /** In money, after commission; slippage is in the prices. */
  readonly profit: number;
  /** Profit / money put in (|shares| x entryPrice). */
  readonly return: number;
  /** Still held at the end; what was not sold is then valued at the last close without costs. */
  readonly open: boolean;
}

/** What came of the targets. Columns have one entry per row of the window, at the row's close. */
export interface Simulation {
  /** Panel rows `fromRow <= row < toRow`. */
  readonly fromRow: number;
  readonly toRow: number;
  /** Cash and positions, in money. */
  readonly equity: Column;
  readonly cash: Column;
  /** Gross exposure: sum of |position value| / equity. */
  readonly exposure: Column;
  /** Money traded in the row / equity before trading. */
  readonly turnover: Column;
  readonly fills: Fills;
  /** By exit; those still open come last, in the panel's order. */
  readonly trades: readonly RoundTrip[];
  /** In money, over the window. */
  readonly commission: number;
  readonly slippage: number;
  /** Rows of the window with a decision. */
  readonly decisions: number;
  /** Decisions (one per symbol) that never met a bar to be filled on. */
  readonly unfilled: number;
  /** Rows where purchases were cut by more than 1 % because the cash did not reach. */
  readonly cashShortRows: number;
  /** The panel row at whose close the equity was gone and everything was closed; null where it never was. */
  readonly ruinedRow: number | null;
}
