import type { RoundTrip } from "./simulation.ts";

/**
 * Turns fills into round trips, one open position per symbol at most. A reversal closes the position and
 * opens the next in one fill, whose commission is split by shares.
 */
export class RoundTrips {
  readonly #closed: RoundTrip[] = [];
  readonly #entryRow: Int32Array;
  readonly #sharesIn: Float64Array;
  readonly #moneyIn: Float64Array;
  readonly #moneyOut: Float64Array;
  readonly #commission: Float64Array;
  readonly #dividends: Float64Array;

  constructor(symbols: number) {
    this.#entryRow = new Int32Array(symbols);
    this.#sharesIn = new Float64Array(symbols);
    this.#moneyIn = new Float64Array(symbols);
    this.#moneyOut = new Float64Array(symbols);
    this.#commission = new Float64Array(symbols);
    this.#dividends = new Float64Array(symbols);
  }

  /** A fill that takes a symbol from `held` shares to `target`. */
  fill(row: number, symbol: number, held: number, target: number, price: number, commission: number): void {
    if (held === 0) this.#open(row, symbol);
    if (held * target < 0 || target === 0) {
      const closing = commission * Math.abs(held / (target - held));
      this.#leave(symbol, held, price, closing);
      this.#closed.push(this.#trip(row, symbol, Math.sign(held), false));
      if (target === 0) return;
      this.#open(row, symbol);
      this.#enter(symbol, target, price, commission - closing);
    } else if (Math.abs(target) < Math.abs(held)) {
      this.#leave(symbol, held - target, price, commission);
    } else {
      this.#enter(symbol, target - held, price, commission);
    }
  }

  /** A split or a reinvested dividend makes `growth` shares of one; or a dividend is paid in cash. */
  grow(symbol: number, growth: number, dividend: number): void {
    this.#sharesIn[symbol] = (this.#sharesIn[symbol] ?? NaN) * growth;
    add(this.#dividends, symbol, dividend);
  }

  /** All trips; positions still held are valued at `price[symbol]`. */
  done(row: number, shares: Float64Array, price: Float64Array): RoundTrip[] {
    const open = Array.from(shares.entries()).flatMap(([symbol, held]) => {
      if (held === 0) return [];
      this.#leave(symbol, held, price[symbol] ?? NaN, 0);
      return [this.#trip(row, symbol, Math.sign(held), true)];
    });
    return [...this.#closed, ...open];
  }

  #open(row: number, symbol: number): void {
    this.#entryRow[symbol] = row;
    this.#sharesIn[symbol] = 0;
    this.#moneyIn[symbol] = 0;
    this.#moneyOut[symbol] = 0;
    this.#commission[symbol] = 0;
    this.#dividends[symbol] = 0;
  }

  #enter(symbol: number, shares: number, price: number, commission: number): void {
    add(this.#sharesIn, symbol, Math.abs(shares));
    add(this.#moneyIn, symbol, Math.abs(shares) * price);
    add(this.#commission, symbol, commission);
  }

  #leave(symbol: number, shares: number, price: number, commission: number): void {
    add(this.#moneyOut, symbol, Math.abs(shares) * price);
    add(this.#commission, symbol, commission);
  }

  #trip(exitRow: number, symbol: number, side: number, open: boolean): RoundTrip {
    const shares = this.#sharesIn[symbol] ?? NaN;
    const moneyIn = this.#moneyIn[symbol] ?? NaN;
    const moneyOut = this.#moneyOut[symbol] ?? NaN;
    const profit =
      side * (moneyOut - moneyIn) - (this.#commission[symbol] ?? NaN) + (this.#dividends[symbol] ?? NaN);
    return {
      symbol,
      entryRow: this.#entryRow[symbol] ?? -1,
      exitRow,
      shares: side * shares,
      entryPrice: moneyIn / shares,
      exitPrice: moneyOut / shares,
      profit,
      return: profit / moneyIn,
      open,
    };
  }
}

function add(column: Float64Array, index: number, amount: number): void {
  column[index] = (column[index] ?? NaN) + amount;
}
