import { FRACTION } from "./fraction.ts";
import type { RequestText } from "./request-text.ts";

const LIMIT =
  "(?:limit(?:ed|s|ing)?|cap(?:ped|s)?|at most|at least|max(?:imum)?|min(?:imum)?|(?:no|not|never|don't \\w+|do not \\w+)(?: \\w+)? (?:more|less|larger|bigger|above|over|below|under|beyond)(?: than)?|(?:nothing|none) (?:over|above|under|below)|keep(?:ing)?|only|put|allocate|reduce|increase|raise|lower|exclud(?:e|ing))";
const COUNT_OF =
  "(?<![\\w.])(?:\\d+|two|three|four|five|six|seven|eight|nine|ten)(?: \\w+)? (?:names?|stocks?|positions?|sectors?|holdings?|trades?)";
const FIGURE = `(?:${FRACTION}|${COUNT_OF})`;
const SECTOR =
  "(?:tech(?:nology)?|energy|oil|gas|banks?|banking|financials?|health ?care|pharma\\w*|biotechs?|airlines?|crypto\\w*|utilities|defen[cs]e|weapons|tobacco|alcohol|gambling|fossil \\w+|semiconductors?|chips?|retail(?:ers)?|real estate|reits?|consumer \\w+|industrials?|chinese|china|(?:small|mid|large|mega)[- ]?caps?|penny stocks?|etfs?|funds?|bonds?|meme stocks?)";
const THINGS = "(?: (?:stocks?|names?|shares?|compan(?:y|ies)))?";

const FORMS: readonly RegExp[] = [
  new RegExp(
    `(?<![\\w¦])${LIMIT}\\b[^.;!?,]{0,40}?${FIGURE}(?: (?:in|per|of|for|on|each|a|cash|any|name|names|stock|stocks|position)\\b)*`,
    "i",
  ),
  new RegExp(`${FRACTION} (?:max(?:imum)?|min(?:imum)?|at most|at least|limit|cap|or less|or more)\\b`, "i"),
  new RegExp(
    `\\b(?:no|not(?: in)?|without|exclud(?:e|es|ing)|avoid(?:ing)?|except|only)(?: any| all)? ${SECTOR}${THINGS}(?!\\w)`,
    "i",
  ),
  /\b(?:exclude|excluding)(?: any| all| the)? [a-z][a-z-]+(?: [a-z][a-z-]+)?/i,
];

/** "70/60 AAPL/JPM": figures that make up no whole, or that no symbols belong to. */
const WEIGHTS =
  /(?<![\w./-])\d{1,3}(?:\/\d{1,3})+(?=(?: (?:in|of|between))? (?:¦|portfolio|split|mix|allocation))/i;

/** Words that sound like a limit and that no reader took, each as a full sentence; their words are used up. */
export function readUnreadLimits(text: RequestText): string[] {
  const words = (pattern: RegExp): string[] =>
    text
      .takeAll(pattern)
      .map((match) => text.original.slice(match.index, match.index + match[0].length).trim());
  return [
    ...words(WEIGHTS).map((one) => `I did not understand the weights "${one}"; they were not applied.`),
    ...FORMS.flatMap(words).map((one) => `I did not understand the limit "${one}"; it was not applied.`),
  ];
}
