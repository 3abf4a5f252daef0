import type { Column } from "../market/column.ts";

/** What made a fill: `FILL_CAUSES[fills.cause[i]]`. */
export const FILL_CAUSES = [
  "decision",
  "order",
  "stop-loss",
  "take-profit",
  "trailing-stop",
  "close-out",
  "liquidation",
  "delisting",
] as const;

/** The number of each cause in the column. */
export const CAUSE = {
  decision: 0,
  order: 1,
  stopLoss: 2,
  takeProfit: 3,
  trailingStop: 4,
  closeOut: 5,
  liquidation: 6,
  delisting: 7,
} as const;

/** Every fill in order of time, as columns of equal length. */
export interface Fills {
  readonly length: number;
  /** Panel row. */
  readonly row: Int32Array;
  /** Index into the panel's symbols. */
  readonly symbol: Int32Array;
  /** Bought (positive) or sold (negative). */
  readonly shares: Column;
  /** What is held of the symbol after the fill. */
  readonly held: Column;
  /** The price paid; spread, slippage and impact are in it. */
  readonly price: Column;
  /** In money. */
  readonly commission: Column;
  /** Index into FILL_CAUSES. */
  readonly cause: Uint8Array;
}

const FIRST_CAPACITY = 1024;

/** Collects fills in columns that double when they are full. */
export class FillLog {
  #length = 0;
  #row = new Int32Array(FIRST_CAPACITY);
  #symbol = new Int32Array(FIRST_CAPACITY);
  #shares: Column = new Float64Array(FIRST_CAPACITY);
  #held: Column = new Float64Array(FIRST_CAPACITY);
  #price: Column = new Float64Array(FIRST_CAPACITY);
  #commission: Column = new Float64Array(FIRST_CAPACITY);
  #cause = new Uint8Array(FIRST_CAPACITY);

  get length(): number {
    return this.#length;
  }

  add(
    row: number,
    symbol: number,
    shares: number,
    held: number,
    price: number,
    commission: number,
    cause: number,
  ): void {
    const i = this.#length;
    if (i === this.#row.length) this.#grow();
    this.#row[i] = row;
    this.#symbol[i] = symbol;
    this.#shares[i] = shares;
    this.#held[i] = held;
    this.#price[i] = price;
    this.#commission[i] = commission;
    this.#cause[i] = cause;
    this.#length = i + 1;
  }

  done(): Fills {
    const length = this.#length;
    return {
      length,
      row: this.#row.slice(0, length),
      symbol: this.#symbol.slice(0, length),
      shares: this.#shares.slice(0, length),
      held: this.#held.slice(0, length),
      price: this.#price.slice(0, length),
      commission: this.#commission.slice(0, length),
      cause: this.#cause.slice(0, length),
    };
  }

  #grow(): void {
    const capacity = 2 * this.#length;
    const row = new Int32Array(capacity);
    row.set(this.#row);
    this.#row = row;
    const symbol = new Int32Array(capacity);
    symbol.set(this.#symbol);
    this.#symbol = symbol;
    const cause = new Uint8Array(capacity);
    cause.set(this.#cause);
    this.#cause = cause;
    this.#shares = longer(this.#shares, capacity);
    this.#held = longer(this.#held, capacity);
    this.#price = longer(this.#price, capacity);
    this.#commission = longer(this.#commission, capacity);
  }
}

function longer(column: Column, capacity: number): Column {
  const grown = new Float64Array(capacity);
  grown.set(column);
  return grown;
}
