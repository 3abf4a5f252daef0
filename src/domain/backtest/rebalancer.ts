import type { Column } from "../market/column.ts";
import type { Account } from "./account.ts";
import { CAUSE } from "./fills.ts";
import type { MarketColumns } from "./market-columns.ts";
import type { BacktestSettings } from "./settings.ts";
import { CASH_ROUNDING, CASH_SHORT, DUST, targetShares } from "./sizing.ts";
import type { TradeLimits } from "./trade-limits.ts";

/**
 * Holds the weights that wait to be filled, one per symbol, and fills them: sales first, then shorts are bought
 * back, then positions are bought with what there is.
 */
export class Rebalancer {
  /** How many weights wait. */
  waiting = 0;
  cashShortRows = 0;
  readonly #market: MarketColumns;
  readonly #account: Account;
  readonly #limits: TradeLimits;
  readonly #settings: BacktestSettings;
  readonly #prices: readonly Column[];
  readonly #bareFactor: number;
  readonly #credit: number;
  /** By symbol: the weight that waits (NaN: none) and what made it; in a row its price and size. */
  readonly #weight: Float64Array;
  readonly #cause: Uint8Array;
  readonly #price: Float64Array;
  readonly #wanted: Float64Array;

  constructor(market: MarketColumns, account: Account, limits: TradeLimits, settings: BacktestSettings) {
    const symbols = market.panel.symbols.length;
    this.#market = market;
    this.#account = account;
    this.#limits = limits;
    this.#settings = settings;
    this.#prices = settings.fill === "close" ? market.close : market.open;
    this.#bareFactor = 1 + account.friction;
    this.#credit = settings.maxLeverage - 1;
    this.#weight = new Float64Array(symbols).fill(NaN);
    this.#cause = new Uint8Array(symbols);
    this.#price = new Float64Array(symbols);
    this.#wanted = new Float64Array(symbols).fill(NaN);
  }

  /** A weight that waits for the symbol's next fill, in place of any other; NaN: none. */
  set(symbol: number, weight: number, cause: number = CAUSE.decision): void {
    const before = this.#weight[symbol] ?? NaN;
    if (!Number.isNaN(before)) this.waiting -= 1;
    if (!Number.isNaN(weight)) this.waiting += 1;
    this.#weight[symbol] = weight;
    this.#cause[symbol] = cause;
  }

  /** The weights of one decision; NaN keeps what waits. A weight of 0 of what is not held asks for nothing. */
  setAll(columns: readonly Column[], entry: number): void {
    const weights = this.#weight;
    const { shares } = this.#account;
    for (let s = 0; s < columns.length; s += 1) {
      const weight = columns[s]?.[entry] ?? NaN;
      if (Number.isNaN(weight)) continue;
      const waits = !Number.isNaN(weights[s] ?? NaN);
      if (weight === 0 && !waits && shares[s] === 0) continue;
      if (!waits) this.waiting += 1;
      weights[s] = weight;
      this.#cause[s] = CAUSE.decision;
    }
  }

  clear(): void {
    this.#weight.fill(NaN);
    this.waiting = 0;
  }

  /** The first row from `from` below `to` in which something that waits has a bar. */
  nextRow(from: number, to: number): number {
    if (this.waiting === 0) return to;
    let next = to;
    for (let s = 0; s < this.#weight.length && next > from; s += 1) {
      if (Number.isNaN(this.#weight[s] ?? NaN)) continue;
      if (this.#market.isFull(s)) return from;
      const end = Math.min(next, (this.#market.lastRow[s] ?? -1) + 1);
      const prices = this.#prices[s];
      let row = from;
      while (row < end && Number.isNaN(prices?.[row] ?? NaN)) row += 1;
      if (row < end) next = row;
    }
    return next;
  }

  /**
   * Fills what waits and has a bar in the account's row.
   * @returns equity at the row's fill prices before trading; 0 or less: nothing was filled
   */
  fill(): number {
    const account = this.#account;
    const { row, shares } = account;
    const weights = this.#weight;
    const prices = this.#price;
    const columns = this.#prices;
    let equity = account.cash;
    for (let s = 0; s < weights.length; s += 1) {
      const held = shares[s] ?? NaN;
      if (held === 0 && Number.isNaN(weights[s] ?? NaN)) continue;
      const price = columns[s]?.[row] ?? NaN;
      prices[s] = price;
      if (held !== 0) equity += held * (Number.isNaN(price) ? (this.#market.value[s]?.[row] ?? NaN) : price);
    }
    // Nothing can be sized on a debt; the close of this row decides whether the run is over.
    if (equity <= 0) return equity;

    const { commissionPerShare, commissionMinimum, wholeShares } = this.#settings;
    const limits = this.#limits;
    const { moving, capped } = limits;
    const wanted = this.#wanted;
    const plainFactor = this.#bareFactor * (1 + account.rate);
    let coverCost = 0;
    let openCost = 0;
    // What the least commissions take beyond the cost factor.
    let shortfall = 0;
    let purchases = 0;
    for (let s = 0; s < weights.length; s += 1) {
      const weight = weights[s] ?? NaN;
      if (Number.isNaN(weight)) continue;
      const held = shares[s] ?? NaN;
      const price = prices[s] ?? NaN;
      // What is not held need not wait for a bar to be left.
      if (Number.isNaN(price) && (weight !== 0 || held !== 0)) continue;
      let bareFactor = this.#bareFactor;
      let factor = plainFactor;
      if (moving) {
        const most = limits.allowed(s, (weight * equity) / price - held);
        bareFactor += limits.impact(s, most);
        factor = bareFactor * (1 + account.rate);
      }
      if (commissionPerShare > 0) factor += commissionPerShare / price;
      let target = targetShares(
        weight,
        held,
        equity,
        price,
        factor,
        wholeShares,
        commissionMinimum,
        bareFactor,
      );
      if (capped && target !== held) target = this.#withinVolume(s, held, target);
      else this.#settle(s);
      if (target < held) {
        this.#trade(s, target);
      } else if (target > held) {
        wanted[s] = target;
        purchases += 1;
        if (commissionMinimum > 0) {
          const fee = (target - held) * price * (factor - bareFactor);
          shortfall += Math.max(0, commissionMinimum - fee);
        }
        coverCost += (Math.min(target, 0) - Math.min(held, 0)) * price * factor;
        openCost += (Math.max(target, 0) - Math.max(held, 0)) * price * factor;
      }
    }
    if (purchases > 0) {
      const reach = Math.max(0, account.cash - coverCost + this.#credit * equity);
      const reached = openCost + shortfall <= reach * CASH_ROUNDING;
      // Smaller purchases may all fall below the least commission.
      const left = Math.max(0, reach - purchases * commissionMinimum);
      this.#buy(reached || openCost === 0 ? 1 : left / openCost);
    }
    return equity;
  }

  /** The purchases of a row: shorts are bought back in full, longs as far as cash and credit reach. */
  #buy(reached: number): void {
    const { shares } = this.#account;
    const wanted = this.#wanted;
    if (reached < CASH_SHORT) this.cashShortRows += 1;
    const scale = reached < DUST ? 0 : reached;
    for (let s = 0; s < wanted.length; s += 1) {
      const meant = wanted[s] ?? NaN;
      if (Number.isNaN(meant)) continue;
      wanted[s] = NaN;
      const held = shares[s] ?? NaN;
      const base = Math.max(held, Math.min(meant, 0));
      const more = (meant - base) * scale;
      const target = base + (this.#settings.wholeShares && scale < 1 ? Math.floor(more) : more);
      if (target !== held) this.#trade(s, target);
    }
  }

  #trade(symbol: number, target: number): void {
    const account = this.#account;
    const limits = this.#limits;
    const price = this.#price[symbol] ?? NaN;
    const cause = this.#cause[symbol] ?? 0;
    if (!limits.on) {
      account.tradeTo(symbol, target, price, 0, cause);
      return;
    }
    const bought = target - (account.shares[symbol] ?? NaN);
    account.tradeTo(symbol, target, price, limits.impact(symbol, bought), cause);
    limits.use(symbol, bought);
  }

  /** The target as far as the row's volume lets it be reached; what is left goes on waiting. */
  #withinVolume(symbol: number, held: number, target: number): number {
    const bought = this.#limits.allowed(symbol, target - held);
    if (bought === target - held) {
      this.#settle(symbol);
      return target;
    }
    this.#limits.cut += 1;
    return held + bought;
  }

  #settle(symbol: number): void {
    this.#weight[symbol] = NaN;
    this.waiting -= 1;
  }
}
