import { commission } from "../costs/commission.ts";
import { tierRate } from "../costs/commission-tiers.ts";
import { CAUSE, FillLog } from "./fills.ts";
import { Entries } from "./entries.ts";
import type { BacktestSettings } from "./settings.ts";

/**
 * Cash and shares, and what every fill did to them. The only place where money moves. All arithmetic is in
 * floating point without rounding to cents, in this order:
 *
 *     friction = (halfSpreadBps + slippageBps) x 0.0001
 *     paid     = price x (1 + friction + impact) for a purchase, price x (1 - (friction + impact)) for a sale,
 *                and no worse than the limit of a limit order
 *     notional = |bought| x paid
 *     fee      = notional x rate + |bought| x commissionPerShare, at least commissionMinimum
 *     cash     = cash - (bought x paid + fee)
 *     equity   = cash + (0 + sum over symbols held, in the panel's order, of shares x last known close)
 *
 * `rate` is that of the tier that the money traded in earlier rows has reached, the same for all fills of a row.
 */
export class Account {
  cash: number;
  readonly shares: Float64Array;
  readonly fills = new FillLog();
  /** Kept where `tracked`. */
  readonly entries: Entries;
  /** Spread and slippage as a fraction of the price. */
  readonly friction: number;
  /** Commission per notional that is in force in the row. */
  rate: number;
  /** Totals in money. */
  commission = 0;
  spread = 0;
  slippage = 0;
  impact = 0;
  /** The row that is being traded, and whether its high and low may lie before what is traded now. */
  row = -1;
  unseen = false;
  /** Money traded in the row. */
  tradedInRow = 0;
  #traded = 0;
  readonly #tracked: boolean;
  readonly #settings: BacktestSettings;
  readonly #spreadShare: number;
  readonly #slippageShare: number;

  /** @param tracked whether entry prices are kept */
  constructor(symbols: number, settings: BacktestSettings, tracked: boolean) {
    this.cash = settings.capital;
    this.shares = new Float64Array(symbols);
    this.entries = new Entries(tracked ? symbols : 0);
    this.friction = (settings.halfSpreadBps + settings.slippageBps) * 1e-4;
    this.rate = settings.commission;
    this.#tracked = tracked;
    this.#settings = settings;
    const bps = settings.halfSpreadBps + settings.slippageBps;
    this.#spreadShare = bps === 0 ? 0 : settings.halfSpreadBps / bps;
    this.#slippageShare = bps === 0 ? 0 : settings.slippageBps / bps;
  }

  beginRow(row: number): void {
    this.row = row;
    this.unseen = false;
    this.#traded += this.tradedInRow;
    this.tradedInRow = 0;
    if (this.#settings.commissionTiers.length > 0) {
      this.rate = tierRate(this.#traded, this.#settings.commission, this.#settings.commissionTiers);
    }
  }

  /**
   * Trades a symbol to a number of shares.
   * @param price before spread, slippage and impact
   * @param impact fraction of the price
   * @param limit the worst price that is accepted; NaN: any
   */
  tradeTo(symbol: number, target: number, price: number, impact: number, cause: number, limit = NaN): void {
    const held = this.shares[symbol] ?? NaN;
    const bought = target - held;
    if (bought === 0) return;
    const against = this.friction + impact;
    let paid = price * (bought > 0 ? 1 + against : 1 - against);
    if (bought > 0 ? paid > limit : paid < limit) paid = limit;
    const amount = Math.abs(bought);
    const notional = amount * paid;
    const { commissionPerShare, commissionMinimum } = this.#settings;
    const fee = commission(notional, this.rate, amount, commissionPerShare, commissionMinimum);
    this.cash -= bought * paid + fee;
    this.shares[symbol] = target;
    this.tradedInRow += notional;
    this.commission += fee;
    const lost = bought * (paid - price);
    const own = impact === 0 ? lost : lost * (this.friction / against);
    this.spread += own * this.#spreadShare;
    this.slippage += own * this.#slippageShare;
    this.impact += lost - own;
    this.fills.add(this.row, symbol, bought, target, paid, fee, cause);
    if (this.#tracked) this.entries.fill(this.row, symbol, held, target, paid, this.unseen);
  }

  /** Turns a position that can no longer be traded into cash, without costs. */
  payOut(symbol: number, price: number): void {
    const held = this.shares[symbol] ?? NaN;
    this.cash -= -held * price;
    this.shares[symbol] = 0;
    this.fills.add(this.row, symbol, -held, 0, price, 0, CAUSE.delisting);
  }
}
