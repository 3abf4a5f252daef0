import type { DoubtfulName, Mention } from "./company-names.ts";
import type { RequestText } from "./request-text.ts";

export interface SymbolsReading {
  /** In the order in which they are named, none twice. */
  readonly named: readonly string[];
  /** Named to be left out: "without NVDA". */
  readonly excluded: readonly string[];
  /** The named ones come on top of what the conversation has: "and with Microsoft added". */
  readonly adds: boolean;
  readonly doubtful: readonly DoubtfulName[];
  /** Where no symbol is named but a set of them: all stocks of the source, or its index. */
  readonly universe?: "stocks" | "index";
}

const EXCLUDES =
  /\b(?:without|except(?: for)?|exclud(?:e|ing)|drop(?:ping)?|remov(?:e|ing)|minus|but not|leav(?:e|ing) out|tak(?:e|ing) out|get rid of|other than|kick out|instead of|rather than|in place of|replac(?:e|ing)|swap(?:ping)?|not)\s+(?:the |any )?$/i;
const SEPARATOR = /^[\s,&+/¦]*(?:and|or|nor)?[\s,]*$/i;
const EXCLUDED_AFTER = /^(?:'s)? (?:is |are |be )?(?:removed|dropped|excluded|taken out|left out|out)\b/i;
const ADDS =
  /\b(?:add(?:ed|ing)?|includ(?:e|ed|ing)|plus|too|as well|alongside|in addition|on top|along with|instead of|rather than|in place of|replac(?:e|ing)|swap(?:ping)?)\b|^\W*and with\b|\bcompar\w+ (?:it|that|this|them|those|these)\b|\b(?:it|that|this|them) (?:with|to|against|versus|vs)\b/i;
const INDEX = /\b(?:the|its|market|stock) (?:market )?(?:index|benchmark)\b|\bthe index\b/i;
const STOCKS =
  /\b(?:(?:all|every) (?:of )?(?:the |your |its )?(?:available )?(?:stocks?|symbols?|names?|companies|tickers)|(?:whole|entire|full) (?:market|universe)|the universe|everything you have|screen of (?:all|the)\b)/i;

/** Sorts what was named into wanted and unwanted. `places` are the mentions with their positions in the text. */
export function readSymbols(
  text: RequestText,
  mentions: readonly Mention[],
  doubtful: readonly DoubtfulName[],
): SymbolsReading {
  const named: string[] = [];
  const excluded: string[] = [];
  let previous: { readonly end: number; readonly excluded: boolean } = { end: 0, excluded: false };
  for (const { symbol, start, end } of [...mentions].sort((a, b) => a.start - b.start)) {
    const between = text.original.slice(previous.end, start);
    const out =
      EXCLUDES.test(text.original.slice(0, start)) ||
      EXCLUDED_AFTER.test(text.original.slice(end)) ||
      (previous.excluded && SEPARATOR.test(between));
    const list = out ? excluded : named;
    if (!list.includes(symbol)) list.push(symbol);
    previous = { end, excluded: out };
  }
  const universe = text.has(STOCKS) ? "stocks" : text.has(INDEX) ? "index" : undefined;
  return {
    named: named.filter((symbol) => !excluded.includes(symbol)),
    excluded,
    adds: ADDS.test(text.original),
    doubtful,
    ...(universe === undefined || named.length > 0 ? {} : { universe }),
  };
}
