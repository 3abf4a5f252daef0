import type { Column } from "../market/column.ts";

/** Every fill in order of time, as columns of equal length. */
export interface Fills {
  readonly length: number;
  /** Panel row. */
  readonly row: Int32Array;
  /** Index into the panel's symbols. */
  readonly symbol: Int32Array;
  /** Bought (positive) or sold (negative). */
  readonly shares: Column;
  /** The price paid, slippage included. */
  readonly price: Column;
  /** In money. */
  readonly commission: Column;
}

/** Collects fills in columns of a fixed capacity, so that recording one allocates nothing. */
export class FillLog {
  #length = 0;
  readonly #row: Int32Array;
  readonly #symbol: Int32Array;
  readonly #shares: Column;
  readonly #price: Column;
  readonly #commission: Column;

  constructor(capacity: number) {
    this.#row = new Int32Array(capacity);
    this.#symbol = new Int32Array(capacity);
    this.#shares = new Float64Array(capacity);
    this.#price = new Float64Array(capacity);
    this.#commission = new Float64Array(capacity);
  }

  add(row: number, symbol: number, shares: number, price: number, commission: number): void {
    const i = this.#length;
    if (i === this.#row.length) throw new RangeError(`more than ${i} fills`);
    this.#row[i] = row;
    this.#symbol[i] = symbol;
    this.#shares[i] = shares;
    this.#price[i] = price;
    this.#commission[i] = commission;
    this.#length = i + 1;
  }

  done(): Fills {
    const length = this.#length;
    return {
      length,
      row: this.#row.slice(0, length),
      symbol: this.#symbol.slice(0, length),
      shares: this.#shares.slice(0, length),
      price: this.#price.slice(0, length),
      commission: this.#commission.slice(0, length),
    };
  }
}
