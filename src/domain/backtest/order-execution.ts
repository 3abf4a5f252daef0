import type { Account } from "./account.ts";
import { CAUSE } from "./fills.ts";
import type { MarketColumns } from "./market-columns.ts";
import { KIND, type OrderBook } from "./order-book.ts";
import type { Protection } from "./protection.ts";
import type { BacktestSettings } from "./settings.ts";
import { CASH_ROUNDING, DUST, wholeShares } from "./sizing.ts";
import type { TradeLimits } from "./trade-limits.ts";

/** When in its bar a fill happens. */
const OPEN = 0;
const INSIDE = 1;
const CLOSE = 2;

/**
 * Fills working orders against a bar, in this order of events, each step in the order of placing:
 *
 * 1. At the open: market orders, limit orders that the open meets, stops that it lies beyond (a gap fills at the
 *    open, not at the stop); sales before purchases, and last the exits that such a purchase has passed.
 * 2. Inside the bar: stops that it touches, at the stop; then limits that it touches, at the limit; then the
 *    stops of brackets whose entry was such a limit, as the price went on through it.
 *
 * Where one bar touches the stop and the target of a bracket, the stop was first: the order is not known, and
 * this is the worse one. An exit that the entry's own price has passed is filled at that price. The target of an
 * entry by limit inside a bar counts from the next bar on. A stop-limit order that is triggered inside a bar on the
 * far side of its limit waits for the next one. Limit orders pay no more than their limit and so no spread or
 * slippage inside a bar. Purchases that open a position are cut to what cash and credit reach, and the rest is
 * cancelled; what the volume does not let through stays working. Of a bracket the exit that is filled cancels the
 * other, in part the same part of it; both end with the bar in which their position is gone.
 */
export class OrderExecution {
  cashShort = 0;
  readonly #market: MarketColumns;
  readonly #account: Account;
  readonly #book: OrderBook;
  readonly #limits: TradeLimits;
  readonly #protection: Protection;
  readonly #settings: BacktestSettings;
  readonly #sameClose: boolean;
  #activated = false;

  constructor(
    market: MarketColumns,
    account: Account,
    book: OrderBook,
    limits: TradeLimits,
    protection: Protection,
    settings: BacktestSettings,
  ) {
    this.#market = market;
    this.#account = account;
    this.#book = book;
    this.#limits = limits;
    this.#protection = protection;
    this.#settings = settings;
    this.#sameClose = settings.fill === "close";
  }

  open(): void {
    const book = this.#book;
    const { row } = this.#account;
    this.#activated = false;
    for (const side of [-1, 1]) {
      for (let i = 0; i < book.length; i += 1) {
        if ((book.shares[i] ?? NaN) * side > 0 && this.#ready(i)) this.#atOpen(i, side);
      }
    }
    if (!this.#activated) return;
    // The turn of sales was over when purchases let these exits begin.
    for (let i = 0; i < book.length; i += 1) {
      const begun = book.parent[i] !== 0 && book.readyRow[i] === row;
      if (begun && (book.shares[i] ?? NaN) < 0 && this.#ready(i)) this.#atOpen(i, -1);
    }
  }

  inside(): void {
    this.#activated = false;
    this.#stops();
    this.#limitOrders();
    if (this.#activated) this.#stops();
    const book = this.#book;
    for (let i = 0; i < book.length; i += 1) if (book.readyRow[i] !== Infinity) this.#endIdle(i);
  }

  /** Market orders where they fill at the close. */
  close(): void {
    if (!this.#sameClose) return;
    const book = this.#book;
    const { row } = this.#account;
    for (const side of [-1, 1]) {
      for (let i = 0; i < book.length; i += 1) {
        if ((book.shares[i] ?? NaN) * side <= 0 || book.kind[i] !== KIND.market || !this.#ready(i)) continue;
        this.#fill(i, this.#market.close[book.symbol[i] ?? -1]?.[row] ?? NaN, NaN, CLOSE);
      }
    }
  }

  /** Lets trailing stops follow the bar that is over. */
  follow(): void {
    const book = this.#book;
    const { row } = this.#account;
    for (let i = 0; i < book.length; i += 1) {
      if (book.kind[i] !== KIND.trailingStop) continue;
      const s = book.symbol[i] ?? -1;
      const best = book.limit[i] ?? NaN;
      if ((book.shares[i] ?? NaN) < 0) {
        const high = this.#market.high[s]?.[row] ?? NaN;
        if (high > best) book.limit[i] = high;
        book.stop[i] = (book.limit[i] ?? NaN) * (1 - (book.trail[i] ?? NaN));
      } else {
        const low = this.#market.low[s]?.[row] ?? NaN;
        if (low < best) book.limit[i] = low;
        book.stop[i] = (book.limit[i] ?? NaN) * (1 + (book.trail[i] ?? NaN));
      }
    }
  }

  /** Whether an order may be filled in the row. */
  #ready(i: number): boolean {
    const book = this.#book;
    const { row } = this.#account;
    const s = book.symbol[i] ?? -1;
    if ((book.readyRow[i] ?? NaN) > row || Number.isNaN(this.#market.open[s]?.[row] ?? NaN)) return false;
    return !this.#endIdle(i);
  }

  /** Ends an exit whose position is gone, and the other one; whether it was such. */
  #endIdle(i: number): boolean {
    const book = this.#book;
    const held = this.#account.shares[book.symbol[i] ?? -1] ?? NaN;
    const left = book.shares[i] ?? NaN;
    if (book.parent[i] === 0 || left === 0 || held * left < 0) return false;
    book.endSiblings(i);
    book.end(i);
    return true;
  }

  #atOpen(i: number, side: number): void {
    const book = this.#book;
    const open = this.#market.open[book.symbol[i] ?? -1]?.[this.#account.row] ?? NaN;
    const limit = book.limit[i] ?? NaN;
    const kind = book.kind[i];
    if (kind === KIND.market) {
      if (!this.#sameClose) this.#fill(i, open, NaN, OPEN);
      return;
    }
    if (kind !== KIND.limit) {
      if (side * (open - (book.stop[i] ?? NaN)) < 0) return;
      if (kind !== KIND.stopLimit) {
        book.kind[i] = KIND.market;
        this.#fill(i, open, NaN, OPEN);
        return;
      }
      book.kind[i] = KIND.limit;
    }
    if (side * (limit - open) >= 0) this.#fill(i, open, limit, OPEN);
  }

  #stops(): void {
    const book = this.#book;
    const { row } = this.#account;
    for (let i = 0; i < book.length; i += 1) {
      const kind = book.kind[i];
      const shares = book.shares[i] ?? NaN;
      if (kind === KIND.market || kind === KIND.limit || shares === 0 || !this.#ready(i)) continue;
      const s = book.symbol[i] ?? -1;
      const stop = book.stop[i] ?? NaN;
      const buys = shares > 0;
      const touched = buys
        ? (this.#market.high[s]?.[row] ?? NaN) >= stop
        : (this.#market.low[s]?.[row] ?? NaN) <= stop;
      if (!touched) continue;
      if (kind !== KIND.stopLimit) {
        book.kind[i] = KIND.market;
        this.#fill(i, stop, NaN, INSIDE);
        continue;
      }
      book.kind[i] = KIND.limit;
      const limit = book.limit[i] ?? NaN;
      if (buys ? stop <= limit : stop >= limit) this.#fill(i, stop, limit, INSIDE);
      else book.readyRow[i] = row + 1;
    }
  }

  #limitOrders(): void {
    const book = this.#book;
    const { row } = this.#account;
    for (let i = 0; i < book.length; i += 1) {
      const shares = book.shares[i] ?? NaN;
      if (book.kind[i] !== KIND.limit || shares === 0 || !this.#ready(i)) continue;
      const s = book.symbol[i] ?? -1;
      const limit = book.limit[i] ?? NaN;
      const touched =
        shares > 0
          ? (this.#market.low[s]?.[row] ?? NaN) <= limit
          : (this.#market.high[s]?.[row] ?? NaN) >= limit;
      if (touched) this.#fill(i, limit, limit, INSIDE);
    }
  }

  #fill(i: number, price: number, limit: number, when: number): void {
    const book = this.#book;
    const account = this.#account;
    const s = book.symbol[i] ?? -1;
    const held = account.shares[s] ?? NaN;
    let wanted = book.shares[i] ?? NaN;
    const exit = book.parent[i] !== 0;
    if (exit && Math.abs(wanted) > Math.abs(held)) wanted = -held;
    let bought = this.#limits.allowed(s, wanted);
    if (bought !== wanted) this.#limits.cut += 1;
    const affordable = bought > 0 ? this.#affordable(s, bought, held, price, limit) : bought;
    const short = affordable < bought;
    if (short) this.cashShort += 1;
    bought = affordable;
    if (bought !== 0) {
      const impact = this.#limits.impact(s, bought);
      account.unseen = when !== OPEN;
      // What rounding leaves of a position would stay a position.
      const left = Math.abs(held + bought) < Math.abs(held) * DUST ? 0 : held + bought;
      account.tradeTo(s, left, price, impact, this.#cause(i), limit);
      this.#limits.use(s, bought);
      if (exit) this.#leave(i, bought, bought === wanted);
      else this.#enter(i, bought, price, when);
    }
    if (short || bought === wanted) book.end(i);
    else book.shares[i] = wanted - bought;
    if (!exit && when === INSIDE && bought !== 0 && this.#protection.on) this.#protection.applyEntered(s);
  }

  /** An exit has begun: what is left of the entry ends, and its sibling shrinks with it. */
  #leave(i: number, bought: number, whole: boolean): void {
    const book = this.#book;
    if (whole) book.endSiblings(i);
    else book.reduceSiblings(i, bought);
    const parent = book.find(book.parent[i] ?? NaN);
    if (parent >= 0) book.end(parent);
  }

  /** The exits of a bracket grow with its entry. One that the entry's price has passed is filled at that price. */
  #enter(i: number, bought: number, price: number, when: number): void {
    const book = this.#book;
    const { row } = this.#account;
    const id = book.id[i] ?? NaN;
    const side = Math.sign(bought);
    for (let k = i + 1; k < book.length; k += 1) {
      if (book.parent[k] !== id || book.shares[k] === 0) continue;
      if (book.readyRow[k] !== Infinity) {
        book.shares[k] = (book.shares[k] ?? NaN) - bought;
        continue;
      }
      const target = book.kind[k] === KIND.limit;
      const later = target && when === INSIDE && book.kind[i] === KIND.limit;
      book.shares[k] = -bought;
      book.readyRow[k] = later ? row + 1 : row;
      this.#activated = true;
      if (later || when === CLOSE) continue;
      if (target) book.limit[k] = side * Math.max(side * (book.limit[k] ?? NaN), side * price);
      else book.stop[k] = side * Math.min(side * (book.stop[k] ?? NaN), side * price);
    }
  }

  #cause(i: number): number {
    if (this.#book.parent[i] === 0) return CAUSE.order;
    return this.#book.kind[i] === KIND.limit ? CAUSE.takeProfit : CAUSE.stopLoss;
  }

  /** How much of a purchase cash and credit reach for; a short may always be bought back. */
  #affordable(s: number, bought: number, held: number, price: number, limit: number): number {
    const account = this.#account;
    const { commissionPerShare, commissionMinimum, maxLeverage } = this.#settings;
    const bare = price * (1 + account.friction + this.#limits.impact(s, bought));
    const paid = bare > limit ? limit : bare;
    const cost = paid * (1 + account.rate) + commissionPerShare;
    const cover = Math.min(bought, Math.max(0, -held));
    const opening = bought - cover;
    if (opening === 0) return bought;
    const credit = maxLeverage > 1 ? (maxLeverage - 1) * Math.max(0, this.#equity()) : 0;
    const reach = Math.max(0, account.cash + credit - cover * cost);
    const least = Math.max(0, commissionMinimum - bought * (cost - paid));
    if (opening * cost + least <= reach * CASH_ROUNDING) return bought;
    const most = Math.min(reach / cost, Math.max(0, (reach - commissionMinimum) / paid));
    if (most < opening * DUST) return cover;
    return cover + (this.#settings.wholeShares ? wholeShares(most) : most);
  }

  /** At this row's opens (closes where orders fill there), else the last close. */
  #equity(): number {
    const { cash, shares, row } = this.#account;
    const prices = this.#sameClose ? this.#market.close : this.#market.open;
    let equity = cash;
    for (let s = 0; s < shares.length; s += 1) {
      const held = shares[s] ?? NaN;
      if (held === 0) continue;
      const price = prices[s]?.[row] ?? NaN;
      equity += held * (Number.isNaN(price) ? (this.#market.value[s]?.[row] ?? NaN) : price);
    }
    return equity;
  }
}
