import type { Panel } from "../market/panel.ts";
import { LiveSource } from "./decision-source.ts";
import type { Order, WorkingOrder } from "./order.ts";
import { listOrders, placeOrder } from "./place-order.ts";
import { RowEngine } from "./row-engine.ts";
import type { RowWindow } from "./row-window.ts";
import type { BacktestSettings } from "./settings.ts";
import type { Simulation } from "./simulation.ts";

/**
 * The engine bar by bar, for those who decide while it runs: `advance` goes on to the close of the next row, at
 * which weights are decided and orders placed; `simulation` tells what came of it. It shows what is known at that
 * close and nothing else. Equal decisions give the same bytes as `simulate` in one pass.
 */
export class Stepper {
  readonly panel: Panel;
  readonly settings: BacktestSettings;
  readonly #engine: RowEngine;
  readonly #live: LiveSource;

  /** @throws FinAgentError BAD_ARGUMENT for a window that is none, DATA_INSUFFICIENT for data the settings need */
  constructor(
    panel: Panel,
    settings: BacktestSettings,
    window: RowWindow = { fromRow: 0, toRow: panel.rows },
  ) {
    this.panel = panel;
    this.settings = settings;
    this.#live = new LiveSource(panel.symbols.length);
    this.#engine = new RowEngine(panel, settings, window, this.#live, true);
  }

  /** The panel row whose close was reached last. */
  get row(): number {
    return this.#engine.row;
  }

  get cash(): number {
    return this.#engine.account.cash;
  }

  /** At the close that was reached, before what fills at that same close. */
  get equity(): number {
    const { valuation, account, row } = this.#engine;
    valuation.valueAt(row);
    return account.cash + valuation.value;
  }

  /** Whether the equity is gone: nothing is traded any more. */
  get ruined(): boolean {
    return this.#engine.ruined;
  }

  get orders(): readonly WorkingOrder[] {
    return listOrders(this.#engine.book, this.panel.symbols);
  }

  shares(symbol: number): number {
    return this.#engine.account.shares[symbol] ?? 0;
  }

  /** Average price of the position; NaN where there is none. */
  entryPrice(symbol: number): number {
    return this.shares(symbol) === 0 ? NaN : this.#engine.account.entries.price(symbol);
  }

  /** The last known close at which the engine trades: adjusted or raw. NaN before the first bar. */
  price(symbol: number): number {
    return this.#engine.market.value[symbol]?.[this.#engine.row] ?? NaN;
  }

  /** Decides at this close that a symbol shall be that part of equity; NaN takes back what was decided here. */
  decide(symbol: number, weight: number): void {
    if (!this.ruined) this.#live.set(this.#engine.row, symbol, weight);
  }

  /**
   * Places an order at this close.
   * @returns its number, for `cancel`
   * @throws FinAgentError BAD_ARGUMENT, UNKNOWN_SYMBOL
   */
  place(order: Order): number {
    const { row, book } = this.#engine;
    const id = placeOrder(order, {
      panel: this.panel,
      book,
      settings: this.settings,
      row,
      price: (symbol) => this.price(symbol),
    });
    this.#engine.decided.order(row);
    return id;
  }

  /** Whether there was such an order to cancel. */
  cancel(id: number): boolean {
    const place = this.#engine.book.find(id);
    if (place < 0) return false;
    this.#engine.book.end(place);
    return true;
  }

  /** Goes on to the close of the next row; false where there is none. */
  advance(): boolean {
    return this.#engine.advance();
  }

  /** What came of it, up to the row that was reached; with fills at the close that row is over with it. */
  simulation(): Simulation {
    return this.#engine.simulation();
  }
}
