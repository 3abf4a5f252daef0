import { FinAgentError } from "../errors.ts";
import { at, type Column } from "../market/column.ts";
import type { MarketView } from "../market/view.ts";
import { type CommonWindow, windowAt } from "./common-window.ts";
import { measurable, requireMeasurable } from "./measurable.ts";
import type { RiskReport } from "./report.ts";

/** A set of weights over the common look-back window of its symbols. */
export interface Book {
  readonly symbols: readonly string[];
  /** One per symbol; fractions of equity, what they leave is cash. */
  readonly weights: Readonly<Record<string, number>>;
  /** The same in the order of `symbols`. */
  readonly weightColumn: Column;
  readonly basis: RiskReport["basis"];
  /** Symbols of the view that are not in the book because their risk cannot be measured. */
  readonly unmeasured: RiskReport["unmeasured"];
  readonly window: CommonWindow;
  /** Returns of the book, brought back to its weights at every bar. */
  readonly returns: Column;
}

/**
 * The book of the given weights or symbols, or else of every symbol of the view whose risk can be measured.
 * @throws FinAgentError BAD_ARGUMENT on no symbols, an empty book, or a weight that is not finite or of a symbol
 * outside `symbols`; UNKNOWN_SYMBOL; DATA_INSUFFICIENT on fewer than 20 common bars of what was given, on a symbol
 * given that stopped trading, and where no symbol of the view can be measured
 */
export function createBook(
  view: MarketView,
  lookback: number,
  options: {
    readonly symbols?: readonly string[] | undefined;
    readonly weights?: Readonly<Record<string, number>> | undefined;
  },
): Book {
  const given = options.weights;
  const asked = options.symbols ?? (given === undefined ? undefined : Object.keys(given));
  const { symbols, time, unmeasured } =
    asked === undefined ? measurable(view, lookback) : requireMeasurable(view, [...new Set(asked)], lookback);
  const weights = given === undefined ? equalWeights(symbols) : givenWeights(symbols, given);
  const window = windowAt(
    symbols.map((symbol) => view.bars(symbol)),
    time,
  );
  const weightColumn = Float64Array.from(symbols, (symbol) => weights[symbol] ?? 0);
  return {
    symbols,
    weights,
    weightColumn,
    basis: given !== undefined ? "given" : symbols.length === 1 ? "single" : "equal-weight",
    unmeasured,
    window,
    returns: bookReturns(window.returns, weightColumn),
  };
}

/** Weighted sum of return columns of equal length. */
export function bookReturns(returns: readonly Column[], weights: Column): Column {
  const total = new Float64Array(returns[0]?.length ?? 0);
  for (const [s, column] of returns.entries()) {
    const weight = at(weights, s);
    for (let t = 0; t < total.length; t += 1) total[t] = at(total, t) + weight * at(column, t);
  }
  return total;
}

function equalWeights(symbols: readonly string[]): Record<string, number> {
  return Object.fromEntries(symbols.map((symbol) => [symbol, 1 / symbols.length]));
}

function givenWeights(
  symbols: readonly string[],
  given: Readonly<Record<string, number>>,
): Record<string, number> {
  for (const [symbol, weight] of Object.entries(given)) {
    if (!Number.isFinite(weight)) {
      throw new FinAgentError("BAD_ARGUMENT", `The weight of ${symbol} is not a number.`, {
        details: { symbol },
      });
    }
    if (weight !== 0 && !symbols.includes(symbol)) {
      throw new FinAgentError("BAD_ARGUMENT", `${symbol} has a weight but is not among the symbols.`, {
        hint: `The symbols are ${symbols.join(", ")}.`,
        details: { symbol },
      });
    }
  }
  const weights = Object.fromEntries(symbols.map((symbol) => [symbol, given[symbol] ?? 0]));
  if (Object.values(weights).every((weight) => weight === 0)) {
    throw new FinAgentError("BAD_ARGUMENT", "The book is empty: every weight is 0.", {
      hint: "Give at least one weight, or none for an equal-weight book.",
    });
  }
  return weights;
}
