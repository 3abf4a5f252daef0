import { FinAgentError } from "../errors.ts";
import { MarketView } from "../market/view.ts";
import type { OrderTerms, WorkingOrder } from "./order.ts";
import type { Stepper } from "./stepper.ts";

/**
 * What a rule sees and may do at the close of a bar. Nothing here knows of a later bar; `view` throws
 * LookaheadError when asked for one. Orders and weights are filled as the settings say, at the next open at the
 * earliest (or at this close, where told so). Prices of orders are those that the engine trades: `price`.
 */
export interface Desk {
  /** Rows of the run that are over, from 0. */
  readonly bar: number;
  /** The close of this bar, epoch milliseconds. */
  readonly time: number;
  readonly symbols: readonly string[];
  /** All bars up to this close, adjusted for splits and dividends as far as the source is. */
  readonly view: MarketView;
  readonly cash: number;
  readonly equity: number;
  /** Orders that wait for their fill. */
  readonly orders: readonly WorkingOrder[];
  /** The rule's own notes, kept from bar to bar of one run. */
  readonly notes: Map<string, unknown>;
  /** The last known close; NaN before the first bar. */
  price(symbol: string): number;
  /** Shares held, negative for a short. */
  shares(symbol: string): number;
  /** Average price paid for what is held; NaN where nothing is. */
  entryPrice(symbol: string): number;
  /** Orders shares (more than 0); a market order without terms. @returns the order's number */
  buy(symbol: string, shares: number, terms?: OrderTerms): number;
  sell(symbol: string, shares: number, terms?: OrderTerms): number;
  /** Puts that part of equity into a symbol; negative: short, 0: leaves it. */
  weight(symbol: string, weight: number): void;
  /** Whether there was such an order to cancel. */
  cancel(order: number): boolean;
}

/** The desk of an engine that is stepped. */
export class StepperDesk implements Desk {
  readonly symbols: readonly string[];
  readonly notes = new Map<string, unknown>();
  readonly #stepper: Stepper;
  readonly #fromRow: number;
  #view: MarketView | undefined;

  constructor(stepper: Stepper, fromRow: number) {
    this.#stepper = stepper;
    this.#fromRow = fromRow;
    this.symbols = stepper.panel.symbols;
  }

  get bar(): number {
    return this.#stepper.row - this.#fromRow;
  }

  get time(): number {
    return this.#stepper.panel.closeTime[this.#stepper.row] ?? NaN;
  }

  get view(): MarketView {
    const { time } = this;
    if (this.#view?.asOf !== time) this.#view = new MarketView(this.#stepper.panel, time);
    return this.#view;
  }

  get cash(): number {
    return this.#stepper.cash;
  }

  get equity(): number {
    return this.#stepper.equity;
  }

  get orders(): readonly WorkingOrder[] {
    return this.#stepper.orders;
  }

  price(symbol: string): number {
    return this.#stepper.price(this.#index(symbol));
  }

  shares(symbol: string): number {
    return this.#stepper.shares(this.#index(symbol));
  }

  entryPrice(symbol: string): number {
    return this.#stepper.entryPrice(this.#index(symbol));
  }

  buy(symbol: string, shares: number, terms: OrderTerms = {}): number {
    return this.#order(symbol, shares, shares, terms);
  }

  sell(symbol: string, shares: number, terms: OrderTerms = {}): number {
    return this.#order(symbol, shares, -shares, terms);
  }

  weight(symbol: string, weight: number): void {
    const index = this.#index(symbol);
    if (!Number.isFinite(weight)) {
      throw new FinAgentError("BAD_ARGUMENT", `${symbol} cannot have a weight of ${weight}.`, {
        hint: "A weight is a part of equity: 0.5 for half of it, negative for a short, 0 to leave.",
      });
    }
    this.#stepper.decide(index, weight);
  }

  cancel(order: number): boolean {
    return this.#stepper.cancel(order);
  }

  #order(symbol: string, given: number, shares: number, terms: OrderTerms): number {
    if (!(given > 0)) {
      throw new FinAgentError(
        "BAD_ARGUMENT",
        `${given} shares of ${symbol} can be neither bought nor sold.`,
        {
          hint: "Give a number of shares above 0; buy and sell say the direction.",
        },
      );
    }
    return this.#stepper.place({ ...terms, symbol, shares });
  }

  #index(symbol: string): number {
    const index = this.symbols.indexOf(symbol);
    if (index >= 0) return index;
    throw new FinAgentError("UNKNOWN_SYMBOL", `${symbol} is not in this data set.`, {
      hint: `It holds ${this.symbols.join(", ")}.`,
      details: { symbol },
    });
  }
}
