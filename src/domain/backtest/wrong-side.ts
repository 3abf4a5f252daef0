import { FinAgentError } from "../errors.ts";
import { barTime } from "../format.ts";
import { isoTime } from "../iso-time.ts";
import { at } from "../market/column.ts";
import type { Bars } from "../market/bars.ts";

/** A rule said something else than a side. */
export class WrongSide extends FinAgentError {
  readonly #bar: number;
  readonly #shown: string;

  constructor(bar: number, side: unknown) {
    const shown = typeof side === "string" ? JSON.stringify(side) : String(side);
    super("BAD_STRATEGY", `The side at bar ${bar} is ${shown}.`, { hint: HINT, details: { bar } });
    this.#bar = bar;
    this.#shown = shown;
  }

  /** The same, as a fault of a strategy on the bars of a symbol. */
  of(strategy: string, { symbol, time, length, interval }: Bars): FinAgentError {
    const bar = this.#bar;
    const when = bar < length ? ` (${barTime(isoTime(at(time, bar)), interval)})` : "";
    return new FinAgentError(
      "BAD_STRATEGY",
      `${strategy}: the side of ${symbol} at bar ${bar}${when} is ${this.#shown}.`,
      { hint: HINT, details: { strategy, symbol, bar }, cause: this },
    );
  }
}

const HINT = "A side is 1 (long), -1 (short), 0 (cash), or undefined to leave it as it is.";
