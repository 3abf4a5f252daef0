import type { Mention } from "./company-names.ts";
import { FRACTION, readFraction } from "./fraction.ts";
import type { RequestText } from "./request-text.ts";

/** Weights that the person names, as fractions by symbol: "a 60/40 AAPL/JPM portfolio". */
export interface OwnWeights {
  readonly weights: Readonly<Record<string, number>>;
  readonly words: string;
}

/** Stands for a symbol in the words. */
const SYMBOL = "§+";
const SYMBOLS = `(${SYMBOL}(?:(?: ?[/,&+-] ?| and |, and )${SYMBOL})+)`;
const FIGURES = "(\\d{1,3}(?:\\.\\d+)?%?(?: ?[/:-] ?\\d{1,3}(?:\\.\\d+)?%?)+)";
const FIGURES_FIRST = new RegExp(
  `(?<![\\w./-])${FIGURES}(?: (?:split|mix|portfolio|allocation|book|weights?|weighted|of|between|in|with|across))* ${SYMBOLS}`,
  "i",
);
const SYMBOLS_FIRST = new RegExp(
  `${SYMBOLS}(?: (?:split|mix|portfolio|allocation|book|weights?|weighted|of|at|in|with|a))* \\(?${FIGURES}(?![\\w/-])`,
  "i",
);
const NO_LIMIT =
  "(?<!\\b(?:most|than|least|max|maximum|min|minimum|over|above|below|under|to|cap|limit)(?: of| at)? )";
const SHARE_FIRST = new RegExp(`${NO_LIMIT}(${FRACTION}) (?:(?:in|into|of|to|on) )?(${SYMBOL})`, "gi");
const SYMBOL_FIRST = new RegExp(`(${SYMBOL})(?: at| weighted| with|:| =)? ?\\(?(${FRACTION})`, "gi");
const PLACES = /\b(?:put|hold|invest|allocate|have|own)\b/i;

/** The person's own weights, undefined where there are none that make sense; their words are used up. */
export function readOwnWeights(text: RequestText, mentions: readonly Mention[]): OwnWeights | undefined {
  const at = new Map(mentions.map(({ start, symbol }) => [start, symbol]));
  let words = text.original;
  for (const { start, end } of mentions)
    words = `${words.slice(0, start)}${"§".repeat(end - start)}${words.slice(end)}`;
  const found = split(words, at) ?? pairs(words, at);
  if (found === undefined) return undefined;
  const { from, to, shares } = found;
  const total = shares.reduce((sum, [, share]) => sum + share, 0);
  const known = new Map(shares);
  if (total > 1 + 1e-9 || known.size < shares.length) return undefined;
  text.use(from, to);
  return { weights: Object.fromEntries(known), words: text.original.slice(from, to).trim() };
}

interface Found {
  readonly from: number;
  readonly to: number;
  readonly shares: readonly (readonly [symbol: string, share: number])[];
}

/** "60/40 AAPL/JPM": as many figures as symbols, which make up the whole. */
function split(words: string, at: ReadonlyMap<number, string>): Found | undefined {
  const match = FIGURES_FIRST.exec(words) ?? SYMBOLS_FIRST.exec(words);
  if (match === null) return undefined;
  const from = match.index;
  const to = from + match[0].length;
  const symbols = [...at]
    .filter(([start]) => start >= from && start < to)
    .sort(([a], [b]) => a - b)
    .map(([, symbol]) => symbol);
  const figures = (match[0].replaceAll(/§/g, " ").match(/\d+(?:\.\d+)?/g) ?? []).map(Number);
  const whole = figures.reduce((sum, figure) => sum + figure, 0);
  if (figures.length !== symbols.length || Math.abs(whole - 100) > 0.5) return undefined;
  return { from, to, shares: symbols.map((symbol, i) => [symbol, (figures[i] ?? 0) / 100]) };
}

/** "60% in AAPL and 40% in MSFT", "AAPL 60%, MSFT 40%"; a single one only where money is put somewhere. */
function pairs(words: string, at: ReadonlyMap<number, string>): Found | undefined {
  const first = [...words.matchAll(SHARE_FIRST)].map((match) => ({
    match,
    share: match[1] ?? "",
    symbol: at.get(match.index + match[0].length - (match[2] ?? "").length),
  }));
  const last = [...words.matchAll(SYMBOL_FIRST)].map((match) => ({
    match,
    share: match[2] ?? "",
    symbol: at.get(match.index),
  }));
  const best = last.length > first.length ? last : first;
  const enough = best.length > 1 || (best === first && first.length === 1 && PLACES.test(words));
  const [head, tail] = [best[0], best.at(-1)];
  if (!enough || head === undefined || tail === undefined) return undefined;
  return {
    from: head.match.index,
    to: tail.match.index + tail.match[0].length,
    shares: best.flatMap(({ symbol, share }) =>
      symbol === undefined ? [] : [[symbol, readFraction(share)] as const],
    ),
  };
}
