import { FinAgentError, LookaheadError } from "../errors.ts";
import { type Bars, type PriceField, sliceBars } from "./bars.ts";
import { at, countAtMost } from "./column.ts";
import type { Panel } from "./panel.ts";

/**
 * The market as it was known at `asOf`: the only way in which agents, factors and risk measures read data.
 * Bars that close later do not exist in it; asking for them throws LookaheadError.
 */
export class MarketView {
  /** Epoch milliseconds. */
  readonly asOf: number;
  readonly symbols: readonly string[];
  readonly #panel: Panel;
  readonly #known = new Map<string, Bars>();

  constructor(panel: Panel, asOf: number) {
    this.#panel = panel;
    this.asOf = asOf;
    this.symbols = panel.symbols;
  }

  /** An earlier view. A later one would be a look ahead. */
  until(asOf: number): MarketView {
    if (asOf > this.asOf) {
      throw new LookaheadError(
        `A view bound to ${iso(this.asOf)} was asked for what is known at ${iso(asOf)}.`,
        { boundTo: iso(this.asOf), asked: iso(asOf) },
      );
    }
    return new MarketView(this.#panel, asOf);
  }

  /** All bars of a symbol that are known, oldest first; possibly none. */
  bars(symbol: string): Bars {
    const held = this.#known.get(symbol);
    if (held !== undefined) return held;
    const s = this.#panel.symbols.indexOf(symbol);
    const bars = this.#panel.bars[s];
    if (bars === undefined) {
      throw new FinAgentError("UNKNOWN_SYMBOL", `${symbol} is not in this data set.`, {
        hint: `It holds ${this.#panel.symbols.join(", ")}.`,
        details: { symbol },
      });
    }
    const known = sliceBars(bars, 0, countAtMost(bars.closeTime, this.asOf));
    this.#known.set(symbol, known);
    return known;
  }

  /** One price by bar index; an index past the last known bar throws LookaheadError. */
  price(symbol: string, field: PriceField, index: number): number {
    const bars = this.bars(symbol);
    if (index >= bars.length) {
      throw new LookaheadError(
        `${symbol} has ${bars.length} bars known at ${iso(this.asOf)}; bar ${index} was asked for.`,
        { symbol, boundTo: iso(this.asOf), index },
      );
    }
    return at(bars[field], index);
  }

  /** How many rows of the panel are known. */
  get rows(): number {
    return countAtMost(this.#panel.closeTime, this.asOf);
  }
}

function iso(time: number): string {
  return new Date(time).toISOString();
}
