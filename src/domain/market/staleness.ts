import { at } from "./column.ts";
import type { MarketView } from "./view.ts";

/** Longer than any holiday: who has not traded for so long while others have is halted or gone. */
const STALE_MS = 7 * 86_400_000;

/** Why a symbol's bars are too old to decide on next to those of the view's other symbols, or null. */
export function staleness(view: MarketView): (symbol: string) => string | null {
  const lastClose = (symbol: string): number => {
    const { closeTime, length } = view.bars(symbol);
    return length === 0 ? -Infinity : at(closeTime, length - 1);
  };
  const newest = view.symbols.reduce((latest, symbol) => Math.max(latest, lastClose(symbol)), -Infinity);
  return (symbol) => {
    const own = lastClose(symbol);
    if (own === -Infinity) return "no bars are known yet";
    if (newest - own <= STALE_MS) return null;
    return `no bar since ${day(own)}, while others have bars up to ${day(newest)}`;
  };
}

function day(time: number): string {
  return new Date(time).toISOString().slice(0, 10);
}
