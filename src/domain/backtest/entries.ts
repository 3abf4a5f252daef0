/**
 * What protective stops and the reader of a position must know of how it was entered, per symbol: the average
 * entry price, the best price since, and whether the entry fell inside a bar, whose extremes may lie before it.
 */
export class Entries {
  readonly best: Float64Array;
  /** The row whose high and low say nothing about the position, -1 where there is none. */
  readonly unseenRow: Int32Array;
  readonly #shares: Float64Array;
  readonly #money: Float64Array;

  constructor(symbols: number) {
    this.best = new Float64Array(symbols);
    this.unseenRow = new Int32Array(symbols).fill(-1);
    this.#shares = new Float64Array(symbols);
    this.#money = new Float64Array(symbols);
  }

  /** Average price of all shares on the way in, as the round trip will show it. */
  price(symbol: number): number {
    return (this.#money[symbol] ?? NaN) / (this.#shares[symbol] ?? NaN);
  }

  /** @param unseen whether the fill fell inside the bar or at its close */
  fill(row: number, symbol: number, held: number, target: number, price: number, unseen: boolean): void {
    if (held === 0 || held * target < 0) {
      this.#shares[symbol] = Math.abs(target);
      this.#money[symbol] = Math.abs(target) * price;
      this.best[symbol] = price;
      this.unseenRow[symbol] = unseen ? row : -1;
    } else if (Math.abs(target) > Math.abs(held)) {
      const more = Math.abs(target - held);
      this.#shares[symbol] = (this.#shares[symbol] ?? NaN) + more;
      this.#money[symbol] = (this.#money[symbol] ?? NaN) + more * price;
    }
  }

  /** A split or a reinvested dividend makes `growth` shares of one for the same money. */
  grow(symbol: number, growth: number): void {
    this.#shares[symbol] = (this.#shares[symbol] ?? NaN) * growth;
    this.best[symbol] = (this.best[symbol] ?? NaN) / growth;
  }
}
