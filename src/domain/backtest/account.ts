import { commission } from "../costs/commission.ts";
import { slippedPrice } from "../costs/slippage.ts";
import { FillLog } from "./fills.ts";
import { RoundTrips } from "./round-trips.ts";
import type { BacktestSettings } from "./settings.ts";

/** Cash and shares, and what every fill did to them. The only place where money moves. */
export class Account {
  cash: number;
  readonly shares: Float64Array;
  readonly fills: FillLog;
  readonly trips: RoundTrips;
  /** Totals in money. */
  commission = 0;
  slippage = 0;
  readonly #rate: number;
  readonly #slippageBps: number;

  constructor(symbols: number, capacity: number, settings: BacktestSettings) {
    this.cash = settings.capital;
    this.shares = new Float64Array(symbols);
    this.fills = new FillLog(capacity);
    this.trips = new RoundTrips(symbols);
    this.#rate = settings.commission;
    this.#slippageBps = settings.slippageBps;
  }

  /**
   * Trades a symbol to a number of shares.
   * @param price before slippage
   * @returns the notional traded, in money
   */
  tradeTo(target: number, row: number, symbol: number, price: number): number {
    const held = this.shares[symbol] ?? NaN;
    const bought = target - held;
    const paid = slippedPrice(price, bought, this.#slippageBps);
    const notional = Math.abs(bought) * paid;
    const fee = commission(notional, this.#rate);
    this.cash -= bought * paid + fee;
    this.shares[symbol] = target;
    this.commission += fee;
    this.slippage += bought * (paid - price);
    this.fills.add(row, symbol, bought, paid, fee);
    this.trips.fill(row, symbol, held, target, paid, fee);
    return notional;
  }
}
