import type { Column } from "../market/column.ts";
import type { Account } from "./account.ts";
import { CAUSE } from "./fills.ts";
import type { MarketColumns } from "./market-columns.ts";
import type { Rebalancer } from "./rebalancer.ts";
import type { BacktestSettings } from "./settings.ts";
import type { TradeLimits } from "./trade-limits.ts";

/**
 * The stop-loss, take-profit and trailing stop of the settings, on every position.
 *
 * Within a bar that opens beyond the stop the position is closed at the open; otherwise at the stop if the bar
 * touches it. If it does not, the same holds for the take-profit. So where one bar touches both, the stop was
 * first: the order is not known, and this is the worse one. A trailing stop follows the best price of earlier
 * bars (from the entry on), never of the bar itself. Whoever entered inside a bar can be stopped in it, but takes
 * no profit before the next one. A stop pays spread, slippage and impact; a take-profit is a limit order, filled
 * at its price or better. What the volume does not let through is sold on at the next fill.
 */
export class Protection {
  readonly on: boolean;
  readonly #market: MarketColumns;
  readonly #account: Account;
  readonly #limits: TradeLimits;
  readonly #rebalancer: Rebalancer;
  readonly #stopLoss: number;
  readonly #takeProfit: number;
  readonly #trailing: number;
  /** Per symbol the rows that were scanned last, and the best price after them. */
  readonly #scanFrom: Int32Array;
  readonly #scanTo: Int32Array;
  readonly #scanBest: Float64Array;

  constructor(
    market: MarketColumns,
    account: Account,
    limits: TradeLimits,
    rebalancer: Rebalancer,
    { stopLoss, takeProfit, trailingStop }: BacktestSettings,
  ) {
    this.on = stopLoss !== null || takeProfit !== null || trailingStop !== null;
    this.#market = market;
    this.#account = account;
    this.#limits = limits;
    this.#rebalancer = rebalancer;
    this.#stopLoss = stopLoss ?? Infinity;
    this.#takeProfit = takeProfit ?? Infinity;
    this.#trailing = trailingStop ?? Infinity;
    const symbols = trailingStop === null ? 0 : market.panel.symbols.length;
    this.#scanFrom = new Int32Array(symbols).fill(-1);
    this.#scanTo = new Int32Array(symbols).fill(-1);
    this.#scanBest = new Float64Array(symbols);
  }

  /** The first row from <= row < to in which a position held now touches a level, else `to`. */
  scan(from: number, to: number): number {
    const { shares } = this.#account;
    let end = to;
    for (let s = 0; s < shares.length && end > from; s += 1) {
      const held = shares[s] ?? NaN;
      if (held > 0) end = this.#scanLong(s, from, end);
      else if (held < 0) end = this.#scanShort(s, from, end);
    }
    return end;
  }

  /** Lets trailing stops follow the prices of rows that are over. */
  follow(from: number, to: number): void {
    if (this.#trailing === Infinity) return;
    const { shares, entries } = this.#account;
    for (let s = 0; s < shares.length; s += 1) {
      const held = shares[s] ?? NaN;
      if (held === 0) continue;
      if (this.#scanFrom[s] === from && this.#scanTo[s] === to) {
        entries.best[s] = this.#scanBest[s] ?? NaN;
        continue;
      }
      const start = entries.unseenRow[s] === from ? from + 1 : from;
      const best = entries.best[s] ?? NaN;
      entries.best[s] =
        held > 0
          ? highest(this.#market.high[s], start, to, best)
          : lowest(this.#market.low[s], start, to, best);
    }
  }

  /** Closes the positions that touch a level in the account's row. */
  apply(): void {
    const { shares } = this.#account;
    for (let s = 0; s < shares.length; s += 1) {
      if (shares[s] !== 0) this.#check(s, true);
    }
  }

  /** Stops a position that was entered inside the account's row. */
  applyEntered(symbol: number): void {
    if (this.#account.shares[symbol] !== 0) this.#check(symbol, false);
  }

  #check(s: number, wholeBar: boolean): void {
    const { row, entries } = this.#account;
    const held = this.#account.shares[s] ?? NaN;
    const side = Math.sign(held);
    const open = this.#market.open[s]?.[row] ?? NaN;
    const worst = (held > 0 ? this.#market.low[s]?.[row] : this.#market.high[s]?.[row]) ?? NaN;
    const entry = entries.price(s);
    const fixed = entry * (1 - side * this.#stopLoss);
    const moving = (entries.best[s] ?? NaN) * (1 - side * this.#trailing);
    const stop = side * Math.max(side * fixed, side * moving);
    if (side * (worst - stop) <= 0) {
      const gap = wholeBar && side * (open - stop) <= 0;
      const cause = side * (moving - fixed) > 0 ? CAUSE.trailingStop : CAUSE.stopLoss;
      this.#close(s, gap ? open : stop, cause, NaN, !gap);
      return;
    }
    if (!wholeBar) return;
    const best = (held > 0 ? this.#market.high[s]?.[row] : this.#market.low[s]?.[row]) ?? NaN;
    const target = entry * (1 + side * this.#takeProfit);
    if (target > 0 && side * (best - target) >= 0) {
      const gap = side * (open - target) >= 0;
      this.#close(s, gap ? open : target, CAUSE.takeProfit, target, !gap);
    }
  }

  #close(s: number, price: number, cause: number, limit: number, inside: boolean): void {
    const account = this.#account;
    const held = account.shares[s] ?? NaN;
    const bought = this.#limits.allowed(s, -held);
    // A size that is still being built up shall not be.
    this.#rebalancer.set(s, bought === -held ? NaN : 0, cause);
    if (bought !== -held) this.#limits.cut += 1;
    if (bought === 0) return;
    account.unseen = inside;
    account.tradeTo(s, held + bought, price, this.#limits.impact(s, bought), cause, limit);
    this.#limits.use(s, bought);
  }

  #scanLong(s: number, from: number, to: number): number {
    const low = this.#market.low[s] ?? new Float64Array(0);
    const high = this.#market.high[s] ?? low;
    const entry = this.#account.entries.price(s);
    const fixed = entry * (1 - this.#stopLoss);
    const target = entry * (1 + this.#takeProfit);
    if (this.#trailing === Infinity) {
      let row = from;
      while (row < to && !((low[row] ?? NaN) <= fixed || (high[row] ?? NaN) >= target)) row += 1;
      return row;
    }
    const kept = 1 - this.#trailing;
    let best = this.#account.entries.best[s] ?? NaN;
    let stop = Math.max(fixed, best * kept);
    let row = from;
    for (; row < to; row += 1) {
      const top = high[row] ?? NaN;
      if ((low[row] ?? NaN) <= stop || top >= target) break;
      if (top > best) {
        best = top;
        stop = Math.max(fixed, best * kept);
      }
    }
    this.#scanned(s, from, row, best);
    return row;
  }

  #scanShort(s: number, from: number, to: number): number {
    const low = this.#market.low[s] ?? new Float64Array(0);
    const high = this.#market.high[s] ?? low;
    const entry = this.#account.entries.price(s);
    const fixed = entry * (1 + this.#stopLoss);
    const target = entry * (1 - this.#takeProfit);
    const kept = 1 + this.#trailing;
    let best = this.#account.entries.best[s] ?? NaN;
    let stop = Math.min(fixed, best * kept);
    let row = from;
    for (; row < to; row += 1) {
      const bottom = low[row] ?? NaN;
      if ((high[row] ?? NaN) >= stop || bottom <= target) break;
      if (bottom < best) {
        best = bottom;
        stop = Math.min(fixed, best * kept);
      }
    }
    this.#scanned(s, from, row, best);
    return row;
  }

  #scanned(s: number, from: number, to: number, best: number): void {
    if (this.#trailing === Infinity) return;
    this.#scanFrom[s] = from;
    this.#scanTo[s] = to;
    this.#scanBest[s] = best;
  }
}

function highest(column: Column | undefined, from: number, to: number, least: number): number {
  let best = least;
  for (let row = from; row < to; row += 1) {
    const value = column?.[row] ?? NaN;
    if (value > best) best = value;
  }
  return best;
}

function lowest(column: Column | undefined, from: number, to: number, most: number): number {
  let best = most;
  for (let row = from; row < to; row += 1) {
    const value = column?.[row] ?? NaN;
    if (value < best) best = value;
  }
  return best;
}
