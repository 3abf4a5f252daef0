import { distance } from "fastest-levenshtein";
import { DIRECTORY } from "./directory.ts";

const NAMES = new Map(DIRECTORY.map(({ symbol, name, aliases }) => [symbol, [name, ...aliases]]));

/**
 * Those of the `offered` symbols that a person may have meant by `wanted`, nearest first and at most `max`. A
 * symbol is near where itself or one of its company's names begins with what is wanted (or the other way round), or
 * differs from it in at most a third of the letters (Levenshtein distance). Case does not matter.
 */
export function nearSymbols(wanted: string, offered: readonly string[], max: number): string[] {
  const upper = wanted.trim().toUpperCase();
  const limit = Math.floor((upper.length + 1) / 3);
  return offered
    .map((symbol) => {
      const spellings = [symbol, ...(NAMES.get(symbol.toUpperCase()) ?? [])];
      return { symbol, away: Math.min(...spellings.map((one) => away(upper, one.toUpperCase()))) };
    })
    .filter((one) => one.away <= limit)
    .sort((a, b) => a.away - b.away || (a.symbol < b.symbol ? -1 : 1))
    .slice(0, max)
    .map((one) => one.symbol);
}

function away(wanted: string, spelling: string): number {
  if (wanted === spelling) return 0;
  const shorter = Math.min(wanted.length, spelling.length);
  const begins = shorter > 1 && (spelling.startsWith(wanted) || wanted.startsWith(spelling));
  return begins ? 1 : distance(wanted, spelling);
}
