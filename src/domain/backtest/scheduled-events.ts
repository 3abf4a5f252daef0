import type { Account } from "./account.ts";
import type { BookedAction, MarketColumns } from "./market-columns.ts";
import type { OrderBook } from "./order-book.ts";
import type { BacktestSettings } from "./settings.ts";
import type { Grown } from "./simulation.ts";

/**
 * What happens to positions by itself when a row begins. Splits and dividends of raw prices: shares multiply, and
 * a dividend is reinvested or paid in cash (owed on a short). Delistings: a symbol whose bars end before the
 * window does is paid out at its last close, without costs, in the first row that it no longer has a bar in.
 */
export class ScheduledEvents {
  readonly grown: Grown[] = [];
  readonly delisted: number[] = [];
  /** Totals in money. */
  dividends = 0;
  readonly #market: MarketColumns;
  readonly #account: Account;
  readonly #book: OrderBook;
  readonly #reinvest: boolean;
  readonly #tracked: boolean;
  readonly #actions: readonly BookedAction[];
  readonly #ends: readonly { readonly row: number; readonly symbol: number }[];
  #action = 0;
  #end = 0;

  constructor(
    market: MarketColumns,
    account: Account,
    book: OrderBook,
    settings: BacktestSettings,
    tracked: boolean,
    toRow: number,
  ) {
    this.#market = market;
    this.#account = account;
    this.#book = book;
    this.#reinvest = settings.dividends === "reinvest";
    this.#tracked = tracked;
    this.#actions = market.actions;
    this.#ends = Array.from(market.lastRow, (row, symbol) => ({ row: row + 1, symbol }))
      .filter(({ row }) => row > 0 && row < toRow)
      .sort((a, b) => a.row - b.row);
  }

  /** The row of the next event that something held may be touched by; Infinity after the last. */
  nextRow(): number {
    return Math.min(this.#actions[this.#action]?.row ?? Infinity, this.#ends[this.#end]?.row ?? Infinity);
  }

  /** Books everything up to the account's row. */
  book(): void {
    const { row } = this.#account;
    for (; (this.#actions[this.#action]?.row ?? Infinity) <= row; this.#action += 1) {
      const action = this.#actions[this.#action];
      if (action?.row === row) this.#act(action);
    }
    for (; (this.#ends[this.#end]?.row ?? Infinity) <= row; this.#end += 1) {
      const symbol = this.#ends[this.#end]?.symbol ?? -1;
      this.#book.endAll(symbol);
      if (this.#account.shares[symbol] === 0) continue;
      this.#account.payOut(symbol, this.#market.value[symbol]?.[row] ?? NaN);
      this.delisted.push(symbol);
    }
  }

  #act({ row, symbol, split, growth, dividend }: BookedAction): void {
    const account = this.#account;
    if (split !== 1) this.#book.split(symbol, split);
    const held = account.shares[symbol] ?? NaN;
    if (held === 0) return;
    const made = this.#reinvest ? growth : split;
    const after = held * made;
    const paid = this.#reinvest ? 0 : after * dividend;
    account.shares[symbol] = after;
    account.cash += paid;
    this.dividends += paid;
    if (this.#tracked) account.entries.grow(symbol, made);
    this.grown.push({ row, symbol, growth: made, dividend: paid });
  }
}
