import { DIRECTORY, type ListedCompany } from "../../../domain/market/directory.ts";
import { editDistance } from "./edit-distance.ts";
import { TICKERS_THAT_ARE_WORDS, VOCABULARY } from "./not-tickers.ts";
import type { RequestText } from "./request-text.ts";

/** A symbol with the place where it was named. */
export interface Mention {
  readonly symbol: string;
  readonly start: number;
  readonly end: number;
}

/** A name that may mean one of several things, or that nobody here bears. */
export interface DoubtfulName {
  readonly text: string;
  /** Companies it may mean; none where it is unknown. */
  readonly choices: readonly ListedCompany[];
  /** A meaning beside the companies, in words. */
  readonly otherwise?: string;
}

/** Names that are terms of the field as well: even with a capital they are not certain. */
const TERMS: Readonly<Record<string, string>> = {
  Delta: "the sensitivity of an option to its underlying, which is not available",
};

interface Name {
  /** The name's first letters, to pass over most names quickly. */
  readonly start: string;
  readonly pattern: RegExp;
  readonly company: ListedCompany;
}

/** Every name, the longer first, so that "Google class C" is not read as "Google". */
const NAMES: readonly Name[] = DIRECTORY.flatMap((company) => [
  ...company.aliases.map((alias) => ({ alias, flags: "i", company })),
  ...company.ambiguousAliases
    .filter((alias) => !(alias in TERMS))
    .map((alias) => ({ alias, flags: "", company })),
])
  .sort((a, b) => b.alias.length - a.alias.length)
  .map(({ alias, flags, company }) => ({
    start: alias.toLowerCase().slice(0, 4).split(/[ -]/, 1)[0] ?? "",
    pattern: new RegExp(
      `(?<![\\w$&-])${escape(alias)}(?:'s(?!\\w)|(?![\\w&-]))(?:,? (?:Inc|Corp|Corporation|Ltd|PLC|Co)\\b\\.?)?${flags === "" ? "(?! (?:volatility|price|return|weight|date|level|the|this|that)\\b)" : ""}`,
      flags,
    ),
    company,
  }));

/** Companies, funds, coins and indices by name; their words are used up. */
export function readNames(text: RequestText): Mention[] {
  const certain = readCertainNames(text);
  return certain.length === 0 ? certain : [...certain, ...readListed(text)];
}

const JOINED = "(?:,|,? (?:and|or|vs\\.?|versus|with|to)| &)";

/** Names that are ordinary words too, in small letters beside another company: "apple and visa". */
const LISTED = DIRECTORY.flatMap((company) =>
  company.ambiguousAliases
    .filter((alias) => !(alias in TERMS))
    .map((alias) => {
      const word = escape(alias.toLowerCase());
      const name = `${word}(?![\\w&'-]| (?:volatility|price|return|weight|date|level|risk|up|down)\\b)`;
      return {
        pattern: new RegExp(`(?<=¦${JOINED} )${name}|(?<![\\w$&-])${name}(?=${JOINED} ¦)`),
        symbol: company.symbol,
      };
    }),
);

function readListed(text: RequestText): Mention[] {
  return LISTED.flatMap(({ pattern, symbol }) =>
    text.takeAll(pattern).map(({ index, 0: name }) => ({ symbol, start: index, end: index + name.length })),
  );
}

function readCertainNames(text: RequestText): Mention[] {
  const letters = text.rest.toLowerCase();
  return NAMES.filter(({ start }) => letters.includes(start)).flatMap(({ pattern, company }) =>
    text.takeAll(pattern).map((match) => ({
      symbol: company.symbol,
      start: match.index,
      end: match.index + match[0].length,
    })),
  );
}

/** Words that after a verb or in a list stand where a name would. */
const NAME_PLACE =
  /(?:\b(?:analy[sz]e|compare|about|for|on|of|with|and|or|vs\.?|versus|add|include|back-?test|check|screen|than|in|fetch|consider|at|drop|remove|without|is|are|how does|how is)|[,&]|¦)\s+$/i;

/** "Analyze appl": what follows is a name, however short. */
const OBJECT = /\b(?:analy[sz]e|compare)\s+$/i;

/** Names with a slip of the pen, terms of the field, parts of names, and unknown names. Used up. */
export function readDoubtfulNames(text: RequestText): DoubtfulName[] {
  const doubtful: DoubtfulName[] = [];
  for (const [term, otherwise] of Object.entries(TERMS)) {
    if (text.take(new RegExp(`(?<![\\w$])${term}(?![\\w-]| (?:hedg|neutral))`)) === undefined) continue;
    doubtful.push({
      text: term,
      otherwise,
      choices: DIRECTORY.filter((one) => one.ambiguousAliases.includes(term)),
    });
  }
  const titleCase = isTitleCase(text.original);
  for (const match of text.rest.matchAll(/(?<![\w$'-])[A-Za-z][A-Za-z]{3,}(?:'s)?(?![\w'])/g)) {
    const word = match[0].replace(/'s$/, "");
    if (VOCABULARY.has(word.toLowerCase())) continue;
    const capital = /^[A-Z][a-z]/.test(word);
    const first = /(?:^|[.!?]\s*)$/.test(text.rest.slice(0, match.index));
    const inPlace = NAME_PLACE.test(text.rest.slice(0, match.index));
    const choices =
      first && word.length < 6 ? [] : nearNames(word, capital, OBJECT.test(text.rest.slice(0, match.index)));
    if (choices.length === 0 && !(capital && !first && !titleCase && inPlace)) continue;
    text.use(match.index, match.index + match[0].length);
    doubtful.push({ text: word, choices });
  }
  return doubtful;
}

/** Companies whose name is a slip away from the word, or begins with it. */
function nearNames(word: string, capital: boolean, isObject: boolean): ListedCompany[] {
  const text = word.toLowerCase();
  if (TICKERS_THAT_ARE_WORDS.has(text) || (!capital && text.length < (isObject ? 4 : 5))) return [];
  const slip = DIRECTORY.filter((company) =>
    company.aliases.some((alias) => {
      const edits = editDistance(text, alias);
      return edits === 1 || (edits === 2 && capital && text.length >= 7);
    }),
  );
  if (slip.length > 0 || !capital) return slip;
  return DIRECTORY.filter((company) => company.name.toLowerCase().split(" ").includes(text));
}

function isTitleCase(text: string): boolean {
  const words = text.match(/[A-Za-z]{4,}/g) ?? [];
  return words.length > 3 && words.filter((word) => /^[A-Z]/.test(word)).length > words.length * 0.6;
}

function escape(name: string): string {
  return name.replaceAll(/[.*+?^${}()|[\]\\]/g, "\\$&").replaceAll(/[ -]/g, "[ -]");
}
