import { FinAgentError } from "../errors.ts";
import { at, type Column } from "../market/column.ts";
import { staleness } from "../market/staleness.ts";
import type { MarketView } from "../market/view.ts";
import { MINIMUM_BARS, sharedTimes } from "./common-window.ts";
import type { RiskReport } from "./report.ts";

/** Symbols whose risk can be measured together. */
export interface Measurable {
  readonly symbols: readonly string[];
  /** The times that they share within the look-back, at least 20. */
  readonly time: Column;
  readonly unmeasured: RiskReport["unmeasured"];
}

/**
 * Those of the view's symbols that can be measured together. Left out are the ones with fewer than 20 bars
 * or half of the look-back, the ones that stopped trading, and then, as long as the rest share fewer than 20 bars, the one without which the others share
 * most (of equal ones the youngest): a newcomer or a patchy series costs itself its place, not the others theirs.
 * @throws FinAgentError DATA_INSUFFICIENT where none is left
 */
export function measurable(view: MarketView, lookback: number): Measurable {
  const stale = staleness(view);
  const longest = Math.max(...view.symbols.map((symbol) => view.bars(symbol).length));
  // A newcomer shortens the window of all others to its own: it has to bring half of what they have.
  const needed = Math.max(MINIMUM_BARS, Math.floor(Math.min(lookback, longest) / 2));
  const unmeasured: RiskReport["unmeasured"] = [];
  let symbols = view.symbols.filter((symbol) => {
    const { length } = view.bars(symbol);
    const reason = stale(symbol) ?? (length < needed ? `${length} bars known, ${needed} needed` : null);
    if (reason !== null) unmeasured.push({ symbol, reason });
    return reason === null;
  });
  if (symbols.length === 0) throw tooFewBars(view, view.symbols, lookback);
  let time = timesOf(view, symbols, lookback);
  while (time.length < MINIMUM_BARS) {
    const odd = oddOneOut(view, symbols, lookback);
    unmeasured.push({
      symbol: odd.symbol,
      reason: `${time.length} bars in common with the others, ${MINIMUM_BARS} needed`,
    });
    ({ others: symbols, time } = odd);
  }
  return { symbols, time, unmeasured };
}

/**
 * All of the given symbols.
 * @throws FinAgentError DATA_INSUFFICIENT where they share fewer than 20 bars or one stopped trading; UNKNOWN_SYMBOL;
 * BAD_ARGUMENT on none
 */
export function requireMeasurable(
  view: MarketView,
  symbols: readonly string[],
  lookback: number,
): Measurable {
  if (symbols.length === 0) throw new FinAgentError("BAD_ARGUMENT", "Risk needs at least one symbol.");
  const time = timesOf(view, symbols, lookback);
  if (time.length < MINIMUM_BARS) throw tooFewBars(view, symbols, lookback);
  const stale = staleness(view);
  for (const symbol of symbols) {
    const reason = stale(symbol);
    if (reason === null) continue;
    throw new FinAgentError("DATA_INSUFFICIENT", `The risk of ${symbol} is not known: ${reason}.`, {
      hint: `Leave ${symbol} out, or ask as of a day on which it traded.`,
      details: { symbol },
    });
  }
  return { symbols, time, unmeasured: [] };
}

function oddOneOut(
  view: MarketView,
  symbols: readonly string[],
  lookback: number,
): { symbol: string; others: string[]; time: Column } {
  const born = (symbol: string): number => at(view.bars(symbol).time, 0);
  return symbols
    .map((symbol) => {
      const others = symbols.filter((other) => other !== symbol);
      return { symbol, others, time: timesOf(view, others, lookback) };
    })
    .reduce((best, one) => {
      const gain = one.time.length - best.time.length || born(one.symbol) - born(best.symbol);
      return gain > 0 ? one : best;
    });
}

function timesOf(view: MarketView, symbols: readonly string[], lookback: number): Column {
  return sharedTimes(
    symbols.map((symbol) => view.bars(symbol)),
    lookback,
  );
}

function tooFewBars(view: MarketView, symbols: readonly string[], lookback: number): FinAgentError {
  const shared = timesOf(view, symbols, lookback).length;
  const counts = symbols.map((symbol) => `${symbol} ${view.bars(symbol).length}`);
  return new FinAgentError(
    "DATA_INSUFFICIENT",
    `Risk needs ${MINIMUM_BARS} bars that all symbols have in common; up to ${new Date(view.asOf).toISOString()} there are ${shared} in the last ${lookback} bars (bars known: ${counts.join(", ")}).`,
    {
      hint: "Ask for a longer period, or leave out the symbols with few bars.",
      details: { bars: shared, needed: MINIMUM_BARS, symbols: [...symbols] },
    },
  );
}
