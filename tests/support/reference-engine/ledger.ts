import type { FILL_CAUSES } from "../../../src/domain/backtest/fills.ts";
import type { BacktestSettings } from "../../../src/domain/backtest/settings.ts";
import type { Bar, Market } from "./market.ts";

export type Cause = (typeof FILL_CAUSES)[number];

export interface Fill {
  readonly row: number;
  readonly symbol: number;
  readonly shares: number;
  readonly price: number;
  readonly commission: number;
  readonly cause: Cause;
}

export interface Position {
  readonly symbol: number;
  shares: number;
  /** How what is held was entered; null where nothing is. */
  entry: Entry | null;
  /** Shares filled in the row. */
  used: number;
  /** A weight that waits for its fill. */
  waiting: { readonly weight: number; readonly cause: Cause } | null;
}

interface Entry {
  /** All that was bought on the way in. */
  shares: number;
  money: number;
  /** The best price since. */
  best: number;
  /** The row in which it was entered inside a bar or at its close, whose high and low it may not have seen. */
  readonly unseenRow: number;
}

export interface Manner {
  /** The worst price. */
  readonly limit?: number;
  /** Inside the bar or at its close. */
  readonly inside?: boolean;
  /** Nothing is left of the position. */
  readonly closing?: boolean;
  readonly free?: boolean;
}

/** Positions and differences of positions below this part of what was meant are rounding. */
export const DUST = 1e-9;

const YEAR_MS = 365 * 86_400_000;
const LARGEST_IMPACT = 0.5;

/** Cash, positions and what a fill does to them. */
export class Ledger {
  readonly market: Market;
  readonly settings: BacktestSettings;
  readonly positions: readonly Position[];
  readonly fills: Fill[] = [];
  readonly friction: number;
  cash: number;
  row = -1;
  /** Commission per notional in the row. */
  rate = 0;
  /** Totals in money; `lost` is spread, slippage and impact. */
  lost = 0;
  cashInterest = 0;
  marginInterest = 0;
  borrowCost = 0;
  #tradedBefore = 0;
  #tradedInRow = 0;

  constructor(market: Market, settings: BacktestSettings) {
    this.market = market;
    this.settings = settings;
    this.cash = settings.capital;
    this.friction = (settings.halfSpreadBps + settings.slippageBps) / 10_000;
    this.positions = market.panel.symbols.map((_, symbol) => ({
      symbol,
      shares: 0,
      entry: null,
      used: 0,
      waiting: null,
    }));
  }

  begin(row: number): void {
    const { commission, commissionTiers } = this.settings;
    this.row = row;
    this.#tradedBefore += this.#tradedInRow;
    this.#tradedInRow = 0;
    const tier = commissionTiers.findLast(({ fromNotional }) => fromNotional <= this.#tradedBefore);
    this.rate = tier?.rate ?? commission;
    for (const position of this.positions) position.used = 0;
  }

  /** Interest from the close before to this one, on the balances there. */
  accrue(): void {
    const { closeTime } = this.market.panel;
    const years = ((closeTime[this.row] ?? NaN) - (closeTime[this.row - 1] ?? NaN)) / YEAR_MS;
    const shorts = this.positions
      .filter(({ shares }) => shares < 0)
      .reduce((sum, { symbol, shares }) => sum - shares * this.market.close(symbol, this.row - 1), 0);
    const earned = Math.max(0, this.cash - shorts) * this.settings.cashRate * years;
    const paid = Math.max(0, -this.cash) * this.settings.marginRate * years;
    const borrowed = shorts * this.settings.borrowRate * years;
    this.cash += earned - paid - borrowed;
    this.cashInterest += earned;
    this.marginInterest += paid;
    this.borrowCost += borrowed;
  }

  bar({ symbol }: Position): Bar | null {
    return this.market.bar(symbol, this.row);
  }

  /** The last known close. */
  close({ symbol }: Position): number {
    return this.market.close(symbol, this.row);
  }

  /** At the row's opens or closes; at the last known close where there is no bar. */
  equity(field: "open" | "close"): number {
    return this.positions
      .filter(({ shares }) => shares !== 0)
      .reduce((sum, one) => sum + one.shares * (this.bar(one)?.[field] ?? this.close(one)), this.cash);
  }

  /** Sum of the positions' absolute values at the last known closes. */
  gross(): number {
    return this.positions
      .filter(({ shares }) => shares !== 0)
      .reduce((sum, one) => sum + Math.abs(one.shares * this.close(one)), 0);
  }

  /** What an order for so many shares moves the price by, as a fraction. */
  impact({ symbol }: Position, shares: number): number {
    const recent = this.settings.impact === 0 ? null : this.market.recent(symbol, this.row);
    if (recent === null || !(recent.volume > 0)) return 0;
    const moved = this.settings.impact * recent.volatility * Math.sqrt(Math.abs(shares) / recent.volume);
    return Math.min(LARGEST_IMPACT, moved);
  }

  /** The part of an order that the row's volume still lets through. */
  room(position: Position, shares: number): number {
    const { maxParticipation, wholeShares } = this.settings;
    if (maxParticipation === null) return shares;
    const cap = (this.bar(position)?.volume ?? 0) * maxParticipation;
    const left = cap - position.used;
    if (Math.abs(shares) <= left) return shares;
    if (left <= cap * 1e-12) return 0;
    return Math.sign(shares) * (wholeShares ? whole(left) : left);
  }

  /** @param price before spread, slippage and impact */
  trade(position: Position, shares: number, price: number, cause: Cause, manner: Manner = {}): void {
    if (shares === 0) return;
    const { limit = NaN, inside = false, closing = false, free = false } = manner;
    const { commissionMinimum, commissionPerShare } = this.settings;
    const against = free ? 0 : this.friction + this.impact(position, shares);
    const moved = price * (1 + Math.sign(shares) * against);
    const paid = shares > 0 ? (moved > limit ? limit : moved) : moved < limit ? limit : moved;
    const size = Math.abs(shares);
    const fee = free ? 0 : Math.max(commissionMinimum, size * paid * this.rate + size * commissionPerShare);
    this.cash -= shares * paid + fee;
    this.lost += shares * (paid - price);
    if (!free) this.#tradedInRow += size * paid;
    position.used += size;
    this.fills.push({
      row: this.row,
      symbol: position.symbol,
      shares,
      price: paid,
      commission: fee,
      cause,
    });
    this.#move(position, closing ? 0 : position.shares + shares, paid, inside);
  }

  #move(position: Position, after: number, paid: number, inside: boolean): void {
    const before = position.shares;
    const size = Math.abs(after);
    position.shares = after;
    if (after === 0) {
      position.entry = null;
    } else if (position.entry === null || before * after < 0) {
      position.entry = { shares: size, money: size * paid, best: paid, unseenRow: inside ? this.row : -1 };
    } else if (size > Math.abs(before)) {
      position.entry.shares += size - Math.abs(before);
      position.entry.money += (size - Math.abs(before)) * paid;
    }
  }
}

/** The whole shares of a number that rounding may have left just below one. */
export function whole(shares: number): number {
  return Math.floor(shares * (1 + 1e-12));
}
