import type { Desk } from "../../../src/domain/backtest/desk.ts";
import type { OrderTerms, WorkingOrder } from "../../../src/domain/backtest/order.ts";
import type { Ledger, Position } from "./ledger.ts";
import type { Orders } from "./orders.ts";

/** Weights by symbol, decided at the close of a row. */
export interface Weights {
  readonly row: number;
  readonly weights: Map<number, number>;
}

/** What a rule sees and does at the close of a row. */
export class ReferenceDesk implements Omit<Desk, "view"> {
  readonly symbols: readonly string[];
  readonly notes = new Map<string, unknown>();
  readonly #ledger: Ledger;
  readonly #orders: Orders;
  readonly #decided: Weights[];
  readonly #fromRow: number;

  /** @param decided where weights are added */
  constructor(ledger: Ledger, orders: Orders, decided: Weights[], fromRow: number) {
    this.symbols = ledger.market.panel.symbols;
    this.#ledger = ledger;
    this.#orders = orders;
    this.#decided = decided;
    this.#fromRow = fromRow;
  }

  get bar(): number {
    return this.#ledger.row - this.#fromRow;
  }

  get time(): number {
    return this.#ledger.market.panel.closeTime[this.#ledger.row] ?? NaN;
  }

  get cash(): number {
    return this.#ledger.cash;
  }

  get equity(): number {
    return this.#ledger.equity("close");
  }

  get orders(): readonly WorkingOrder[] {
    return this.#orders.list();
  }

  price(symbol: string): number {
    return this.#ledger.close(this.#position(symbol));
  }

  shares(symbol: string): number {
    return this.#position(symbol).shares;
  }

  entryPrice(symbol: string): number {
    const { entry } = this.#position(symbol);
    return entry === null ? NaN : entry.money / entry.shares;
  }

  buy(symbol: string, shares: number, terms: OrderTerms = {}): number {
    return this.#orders.place(this.#position(symbol), { ...terms, symbol, shares });
  }

  sell(symbol: string, shares: number, terms: OrderTerms = {}): number {
    return this.#orders.place(this.#position(symbol), { ...terms, symbol, shares: -shares });
  }

  weight(symbol: string, weight: number): void {
    const { row } = this.#ledger;
    let last = this.#decided.at(-1);
    if (last?.row !== row) {
      last = { row, weights: new Map() };
      this.#decided.push(last);
    }
    last.weights.set(this.#position(symbol).symbol, weight);
  }

  cancel(order: number): boolean {
    return this.#orders.cancel(order);
  }

  #position(symbol: string): Position {
    const position = this.#ledger.positions[this.symbols.indexOf(symbol)];
    if (position === undefined) throw new RangeError(`no symbol ${symbol}`);
    return position;
  }
}
