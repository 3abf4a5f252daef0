import { DIRECTORY } from "../../../domain/market/directory.ts";
import type { Mention } from "./company-names.ts";
import { NOT_TICKERS, TICKERS_THAT_ARE_WORDS } from "./not-tickers.ts";
import type { RequestText } from "./request-text.ts";

const KNOWN: ReadonlySet<string> = new Set(DIRECTORY.map((company) => company.symbol));

const CASHTAG = /(?<![\w$])\$([A-Za-z][A-Za-z0-9]{0,5}(?:[.-][A-Za-z]{1,4})?)(?:'s)?(?![\w])/;
const CAPITALS = /(?<![\w$^.%-])(\^?[A-Z][A-Z0-9]{0,6}(?:[.-][A-Z]{1,4})?)(?:'s)?(?![\w%]|-\w|'[a-z])/g;
const LOWER = /(?<![\w$.'-])([a-z]{2,5}(?:\.[a-z])?)(?:'s)?(?![\w'-])/g;

/** A word beside which HIGH and LOW are levels, not symbols. */
const LEVEL = /\b(?:risk|is|be|level|volatility|very|not|or)\s+$/i;

/**
 * Symbols in the words that are left: with a dollar sign in any case; in capitals where they are no common
 * capital word, known here or not (the data source knows best); in lower case where the directory has them
 * and they are no English word. Used up.
 */
export function readTickers(text: RequestText): Mention[] {
  const mentions = text.takeAll(CASHTAG).map((match) => mention(match[1] ?? "", match));
  const shouting = !/[a-z]/.test(text.original) && (text.original.match(/[A-Z]{2,}/g) ?? []).length > 2;
  for (const match of text.rest.matchAll(CAPITALS)) {
    const symbol = match[1] ?? "";
    if (isTicker(symbol, text.rest, match.index, shouting)) mentions.push(mention(symbol, match));
  }
  for (const match of text.rest.matchAll(LOWER)) {
    const word = match[1] ?? "";
    if (!KNOWN.has(word.toUpperCase())) continue;
    const named = /^ (?:stock|shares|coin|ticker)\b/i.test(text.rest.slice(match.index + match[0].length));
    const alone = text.original.replaceAll(/[\s?.!]/g, "") === word;
    if (named || alone || (word.length > 2 && !TICKERS_THAT_ARE_WORDS.has(word)))
      mentions.push(mention(word, match));
  }
  for (const { start, end } of mentions) text.use(start, end);
  return mentions;
}

function isTicker(word: string, text: string, at: number, shouting: boolean): boolean {
  if (word.startsWith("^")) return true;
  if (KNOWN.has(word)) {
    if (word === "LOW")
      return !LEVEL.test(text.slice(0, at)) && !/^LOW[- ](?:risk|vol|beta)/i.test(text.slice(at));
    return !NOT_TICKERS.has(word) && !(shouting && TICKERS_THAT_ARE_WORDS.has(word.toLowerCase()));
  }
  return !shouting && word.length > 1 && !NOT_TICKERS.has(word) && !/^[QHFY]\d+$/.test(word);
}

function mention(symbol: string, match: RegExpExecArray): Mention {
  return { symbol: symbol.toUpperCase(), start: match.index, end: match.index + match[0].length };
}
