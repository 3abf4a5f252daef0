import type { Desk } from "../../../src/domain/backtest/desk.ts";
import type { RowWindow } from "../../../src/domain/backtest/row-window.ts";
import type { BacktestSettings } from "../../../src/domain/backtest/settings.ts";
import type { Targets } from "../../../src/domain/backtest/targets.ts";
import type { Panel } from "../../../src/domain/market/panel.ts";
import { Ledger } from "./ledger.ts";
import { Market } from "./market.ts";
import { Orders } from "./orders.ts";
import { ReferenceDesk, type Weights } from "./reference-desk.ts";
import { followBest, protect } from "./protection.ts";
import { fillWeights } from "./weights.ts";

/** A rule that either engine can ask at every close. */
export type Rule = (desk: Omit<Desk, "view">) => void;

export interface ReferenceResult {
  readonly ledger: Ledger;
  /** By row of the window. */
  readonly equity: readonly number[];
  readonly cash: readonly number[];
  readonly dividends: number;
  /** Rows at whose close the margin was not met. */
  readonly liquidations: number;
  readonly ruinedRow: number | null;
  /** Orders that wait at the end. */
  readonly working: number;
}

/**
 * A second engine, of daily bars, from the description of the first (docs/backtest.md, the docstrings of engine.ts,
 * account.ts, order-execution.ts, protection.ts, sizing.ts and settings.ts): row by row over plain objects, with none of its code.
 */
export function referenceRun(
  panel: Panel,
  settings: BacktestSettings,
  { fromRow, toRow }: RowWindow,
  decisions: Targets | Rule,
): ReferenceResult {
  const market = new Market(panel, settings.prices === "raw");
  const ledger = new Ledger(market, settings);
  const orders = new Orders(ledger, (position) => {
    protect(ledger, position, false);
  });
  const { positions } = ledger;
  const sameClose = settings.fill === "close";
  const delay = (sameClose ? 0 : 1) + settings.latencyBars;
  const rule = typeof decisions === "function" ? decisions : null;
  const queue: Weights[] = typeof decisions === "function" ? [] : weightsOf(decisions);
  const desk = new ReferenceDesk(ledger, orders, queue, fromRow);
  const equity: number[] = [];
  const cash: number[] = [];
  let dividends = 0;
  let liquidations = 0;
  let ruinedRow: number | null = null;

  for (let row = fromRow; row < toRow; row += 1) {
    if (ruinedRow === null) tradeRow(row);
    equity.push(ruinedRow === null ? ledger.equity("close") : ledger.cash);
    cash.push(ledger.cash);
    if (ruinedRow === null && !sameClose) rule?.(desk);
  }
  return { ledger, equity, cash, dividends, liquidations, ruinedRow, working: orders.list().length };

  function tradeRow(row: number): void {
    ledger.begin(row);
    if (row > fromRow) ledger.accrue();
    bookEvents(row);
    if (!sameClose) fillDecisions(row, "open");
    orders.open();
    for (const position of positions) protect(ledger, position, true);
    orders.inside();
    orders.follow();
    orders.endDay(sameClose);
    if (sameClose) {
      rule?.(desk);
      fillDecisions(row, "close");
      orders.close();
      orders.endDay(false);
    }
    checkEquity(row);
    for (const position of positions) followBest(ledger, position);
  }

  function bookEvents(row: number): void {
    for (const position of positions) {
      const { symbol, entry } = position;
      const event = market.event(symbol, row);
      if (event !== null) {
        const reinvested = settings.dividends === "reinvest";
        const growth = reinvested ? event.growth : event.split;
        orders.split(position, event.split);
        position.shares *= growth;
        if (entry !== null) {
          entry.shares *= growth;
          entry.best /= growth;
        }
        const paid = reinvested ? 0 : position.shares * event.dividend;
        ledger.cash += paid;
        dividends += paid;
      }
      if (row === market.lastRow(symbol) + 1) {
        orders.endAll(position);
        const price = market.close(symbol, row);
        ledger.trade(position, -position.shares, price, "delisting", { free: true, closing: true });
      }
    }
  }

  function fillDecisions(row: number, field: "open" | "close"): void {
    for (let next = queue[0]; next !== undefined; next = queue[0]) {
      // What was decided before the window counts as decided at the close of its first row.
      if (Math.max(next.row, fromRow) + delay > row) break;
      queue.shift();
      for (const [symbol, weight] of next.weights) {
        const position = positions[symbol];
        if (position === undefined) continue;
        // A weight of 0 of what is not held asks for nothing.
        if (weight === 0 && position.waiting === null && position.shares === 0) continue;
        position.waiting = { weight, cause: "decision" };
      }
    }
    if (settings.closeOut && row === toRow - 1) {
      orders.endAll();
      for (const position of positions) {
        if (ledger.bar(position) === null) continue;
        position.waiting = position.shares === 0 ? null : { weight: 0, cause: "close-out" };
      }
    }
    fillWeights(ledger, field);
  }

  function checkEquity(row: number): void {
    const total = ledger.equity("close");
    const missed = total < settings.maintenanceMargin * ledger.gross();
    if (total > 0 && !missed) return;
    orders.endAll();
    for (const position of positions) {
      position.waiting = null;
      ledger.trade(position, -position.shares, ledger.close(position), "liquidation", { closing: true });
    }
    if (missed && ledger.cash > 0) liquidations += 1;
    else ruinedRow = row;
  }
}

function weightsOf({ rows, weights }: Targets): Weights[] {
  return Array.from(rows, (row, entry) => ({
    row,
    weights: new Map(
      weights
        .map((column, symbol) => [symbol, column[entry] ?? NaN] as const)
        .filter(([, weight]) => !Number.isNaN(weight)),
    ),
  }));
}
