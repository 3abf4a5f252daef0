import type { Column } from "../market/column.ts";
import type { Fills } from "./fills.ts";

/**
 * One position of a symbol from flat to flat (a reversal ends one and begins the next). Scaling up and down
 * in between belongs to it: prices are averages weighted by shares, at fill prices, so that always
 * profit = shares x (exitPrice - entryPrice) - commission + dividends.
 */
export interface RoundTrip {
  /** Index into the panel's symbols. */
  readonly symbol: number;
  /** Panel rows of the first fill and of the last. */
  readonly entryRow: number;
  readonly exitRow: number;
  /**
   * All shares that were bought on the way in; negative for a short, which sells on the way in. Where raw prices
   * were traded they are counted as they are after splits and reinvested dividends, and prices with them.
   */
  readonly shares: number;
  readonly entryPrice: number;
  readonly exitPrice: number;
  /** In money, after commission; spread, slippage and impact are in the prices. */
  readonly profit: number;
  /** Profit / money put in (|shares| x entryPrice). */
  readonly return: number;
  /** Still held at the end; what was not sold is then valued at the last close without costs. */
  readonly open: boolean;
}

/** Shares that a split or a reinvested dividend made, or a dividend in cash, at the begin of a row. */
export interface Grown {
  readonly row: number;
  readonly symbol: number;
  /** Shares made of one. */
  readonly growth: number;
  /** Paid into cash (negative: owed on a short), in money. */
  readonly dividend: number;
}

/** What holding and trading took from the account, in money over the window. */
export interface CostTotals {
  readonly commission: number;
  readonly spread: number;
  readonly slippage: number;
  readonly impact: number;
  /** Paid on the value of shorts. */
  readonly borrowCost: number;
  /** Paid on borrowed cash. */
  readonly marginInterest: number;
}

/**
 * What came of the decisions. Columns have one entry per row of the window, at the row's close. Cash, exposure,
 * turnover and trades are worked out when they are first asked for.
 */
export interface Simulation extends CostTotals {
  /** Panel rows `fromRow <= row < toRow`. */
  readonly fromRow: number;
  readonly toRow: number;
  /** Cash and positions, in money. */
  readonly equity: Column;
  readonly cash: Column;
  /** Gross exposure: sum of |position value| / equity. */
  readonly exposure: Column;
  /**
   * Money traded in the row / equity before trading (at the row's fill prices for decisions, at the close before
   * for orders and stops). Forced liquidations are not counted.
   */
  readonly turnover: Column;
  readonly fills: Fills;
  /** Of raw prices, ascending by row. */
  readonly grown: readonly Grown[];
  /** By exit; those still open come last, in the panel's order. */
  readonly trades: readonly RoundTrip[];
  /** Received, in money over the window: interest on cash; dividends that were paid out, less those owed. */
  readonly cashInterest: number;
  readonly dividends: number;
  /** Rows of the window at whose close weights were decided or orders placed. */
  readonly decisions: number;
  /** Weights (one per symbol) that were decided and never met a bar to be filled on, or not enough volume. */
  readonly unfilled: number;
  /** Orders that still waited for their fill at the end; the exits of a bracket once its entry was filled. */
  readonly working: number;
  /** Rows where purchases were cut by more than 1 %, and orders that were cut, because the cash did not reach. */
  readonly cashShortRows: number;
  /** Fills that the participation cap cut, and fills whose impact could not be estimated and is zero. */
  readonly volumeCuts: number;
  readonly unmeasuredImpacts: number;
  /** Rows at whose close the maintenance margin was not met and everything was closed. */
  readonly liquidations: number;
  /** Symbols whose position was closed because their bars ended. */
  readonly delisted: readonly number[];
  /** The panel row at whose close the equity was gone and everything was closed; null where it never was. */
  readonly ruinedRow: number | null;
}

/** All costs together, in money. */
export function totalCosts(costs: CostTotals): number {
  const { commission, spread, slippage, impact, borrowCost, marginInterest } = costs;
  return commission + spread + slippage + impact + borrowCost + marginInterest;
}
