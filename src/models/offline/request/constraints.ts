import type { Constraints } from "../../../domain/policy/constraints.ts";
import { readCount } from "./count-words.ts";
import { FRACTION, readFraction } from "./fraction.ts";
import type { RequestText } from "./request-text.ts";

export interface ConstraintsReading {
  readonly constraints: Constraints;
  /** The words that limits were read from, each with what it sets, as full sentences. */
  readonly read: readonly string[];
  /** Limits that the request names and that cannot be set, as full sentences. */
  readonly unsupported: readonly string[];
  /** Why a limit makes no sense, as a full sentence. */
  readonly problem?: string;
}

const AMOUNT = `(${FRACTION})`;
const PERCENT = "(\\d+(?:\\.\\d+)?) ?(?:%|percent|pct)";
const NAME =
  "(?:names?|stocks?|positions?|symbols?|holdings?|compan(?:y|ies)|assets?|securit(?:y|ies)|tickers?)";
const AT_MOST =
  "(?:at most|no more than|not more than|max(?:imum|imal)?(?: of)?|up to|cap(?:ped)?(?: (?:it|them|each|weights?|positions?))?(?: at)?|limit(?:ed)?(?: (?:it|them|each|weights?|positions?|to))*|below|under|less than|never more than|<=?)";
const EACH = `(?: ?(?:weight ?)?(?:max(?:imum)? ?)?(?:per|in(?:to)? (?:any|each|a|one)|for (?:any|each|a|one)|each|a|on (?:any|each))(?: (?:single|one|individual))?(?: ${NAME})?(?!\\w))`;

const MAX_WEIGHT: readonly RegExp[] = [
  new RegExp(`(?:with )?${AT_MOST} ${AMOUNT}${EACH}`, "i"),
  new RegExp(
    `(?:max(?:imum)?|largest|biggest) (?:weight|position|allocation)(?: size)?(?: per ${NAME})?(?: of| is|:|=| at)? ?${AMOUNT}`,
    "i",
  ),
  new RegExp(
    `(?:no|any) (?:single |one )?(?:${NAME}|weight|allocation) (?:above|over|larger than|bigger than|more than|exceed(?:s|ing)?|greater than|higher than) ${AMOUNT}`,
    "i",
  ),
  new RegExp(
    `(?:weights?|positions?|allocations?|each ${NAME}) (?:(?:must be |should be |are |is )?${AT_MOST}|cap(?: of| at)?|limit(?: of| at)?) ?${AMOUNT}`,
    "i",
  ),
  new RegExp(`(?:a )?${AMOUNT} (?:weight |position )?(?:cap|limit|max(?:imum)?)(?: per ${NAME}| each)?`, "i"),
  new RegExp(`cap (?:every |each |any )?(?:${NAME}|weights?) (?:weights? )?(?:at|to) ${AMOUNT}`, "i"),
  new RegExp(
    `(?:single|per|each)[- ]${NAME} (?:weight )?(?:limit|cap|max(?:imum)?)(?: of| at| is|:|=)? ?${AMOUNT}`,
    "i",
  ),
  new RegExp(
    `cap(?: it| them| all| any| everything| each| every one)?(?: at| to)? ${AMOUNT}(?! (?:cash|vol|draw))`,
    "i",
  ),
  new RegExp(`(?:nothing|none(?: of them)?) (?:above|over|larger than|bigger than|more than) ${AMOUNT}`, "i"),
  new RegExp(
    `(?:don't|do not|never) (?:put|hold|have|invest|allocate) (?:more than|over|above) ${AMOUNT}${EACH}`,
    "i",
  ),
];

const COUNT_WORD = "(\\d+|two|three|four|five|six|seven|eight|nine|ten|twelve|fifteen|twenty)";
const MAX_NAMES: readonly RegExp[] = [
  new RegExp(`(?:with )?(?:${AT_MOST}|only) ${COUNT_WORD} (?:different )?${NAME}`, "i"),
  new RegExp(`${COUNT_WORD} ${NAME} (?:at most|max(?:imum)?|or fewer|or less)`, "i"),
];

/** "at most 30% cash" is another limit. */
const NOT_AT_MOST = "(?<!(?:max(?:imum)?|at most|than|up to|under|below|over|above)(?: of)? )";
const MIN_CASH: readonly RegExp[] = [
  new RegExp(
    `(?:with |and )?(?:keep|hold|leave|have|maintain)?(?:ing)? ?(?:at least |min(?:imum)?(?: of)? |a )?${NOT_AT_MOST}${AMOUNT} (?:of (?:it|the (?:money|capital|portfolio)) )?(?:in |as |of )?cash(?: (?:buffer|reserve|cushion))?`,
    "i",
  ),
  new RegExp(
    `cash(?: (?:buffer|reserve|cushion))?(?: of| is| at| to)?(?: at least| min(?:imum)?)? ${AMOUNT}`,
    "i",
  ),
];

/** "Invest only 40%": the rest stays in cash. */
const MAX_INVESTED: readonly RegExp[] = [
  new RegExp(
    `(?:invest|use|deploy)(?: only| at most| no more than| up to| a maximum of) ${AMOUNT}(?: of (?:it|(?:the|my) (?:money|capital|portfolio|cash)))?(?! (?:in|into|on|per|each|of|for|cash)\\b)`,
    "i",
  ),
];

const LONG_ONLY =
  /\b(?:long[- ]only|(?:no|without|never|don't|do not|not) (?:any )?short(?:s|ing|[- ]selling|[- ]sales| positions)?)\b/i;
const SHORTS =
  /\b(?:(?:allow|with|including|permit)(?:ing)? (?:short(?:s|ing|[- ]selling)|short positions)|long[- /]+(?:and[- ])?short|market[- ]neutral)\b/i;

const LOW =
  /\b(?:(?:very )?(?:low|lower|lowest|minimal|min|little|reduced|less)[- ]risk|less risky|conservative(?:ly)?|cautious(?:ly)?|defensive(?:ly)?|risk[- ]averse|safer?|play it safe|careful(?:ly)?)\b/i;
const MODERATE = /\b(?:(?:moderate|medium|balanced|average)[- ]risk|moderately risky|balanced)\b/i;
const HIGH = /\b(?:(?:high|higher|more)[- ]risk|riskier|aggressive(?:ly)?|risk[- ]tolerant|speculative)\b/i;

/** Limits on figures that the policies hold and that a request cannot set. */
const UNSUPPORTED: readonly (readonly [RegExp, string])[] = [
  [
    new RegExp(
      `(?:${AT_MOST}|with a|keep(?:ing)?|target(?:ing)?)[^.;,]{0,25}\\b(?:draw-?down)\\b(?: (?:of|at|under|below|to))* ?(?:${PERCENT})?|(?:max(?:imum)? |${AT_MOST} )${PERCENT} (?:draw-?down|loss)`,
      "i",
    ),
    "A limit on the drawdown cannot be set by a request; the risk agent's policy holds.",
  ],
  [
    new RegExp(
      `(?:${AT_MOST}|target(?:ing)?|with a|keep(?:ing)?)[^.;,]{0,15}\\bvol(?:atility)?\\b(?: (?:target|of|at|under|below|to))* ?${PERCENT}|${PERCENT} (?:target )?vol(?:atility)?(?: target)?`,
      "i",
    ),
    "A volatility target cannot be set by a request; the risk agent's policy holds.",
  ],
  [
    /\b(?:stop[- ]loss(?:es)?|take[- ]profits?|trailing stops?)\b[^.;,]*/i,
    "Stops and take-profits are not available yet.",
  ],
  [
    /\b(?:leverag\w*|on margin|\d+(?:\.\d+)?x exposure)\b/i,
    "Leverage is not available: a portfolio never exceeds its capital.",
  ],
  [/\b(?:sector|industry) (?:limits?|caps?|exposure|neutral)\b/i, "Sector limits are not available yet."],
];

/** The limits and the appetite for risk named in the words that are left; their words are used up. */
export function readConstraints(text: RequestText): ConstraintsReading {
  const read: string[] = [];
  const weight = amount(text, MAX_WEIGHT, readFraction, "the largest weight of a name", read);
  const names = amount(text, MAX_NAMES, readCount, "the largest number of names", read);
  const invested = amount(text, MAX_INVESTED, readFraction, "the least cash, as what is left", read);
  const cash =
    invested === undefined
      ? amount(text, MIN_CASH, readFraction, "the least cash", read)
      : Number((1 - invested).toFixed(6));
  const longOnly = text.take(LONG_ONLY) !== undefined;
  const unsupported = UNSUPPORTED.filter(([pattern]) => text.take(pattern) !== undefined).map(
    ([, why]) => why,
  );
  if (text.take(SHORTS) !== undefined) {
    unsupported.push(
      "A request can tighten the portfolio's policy, not loosen it: whether it may sell short stays as the policy says.",
    );
  }
  const riskAppetite = readAppetite(text);
  const problem = problemOf(weight, names, cash);
  return {
    constraints: {
      ...(weight === undefined ? {} : { maxWeight: weight }),
      ...(names === undefined ? {} : { maxNames: names }),
      ...(cash === undefined ? {} : { minCash: cash }),
      ...(longOnly ? { longOnly } : {}),
      ...(riskAppetite === undefined ? {} : { riskAppetite }),
    },
    read,
    unsupported,
    ...(problem === undefined ? {} : { problem }),
  };
}

/** "Is AAPL low risk?" and "which is safest?" ask; they want nothing to be low. */
function readAppetite(text: RequestText): Constraints["riskAppetite"] {
  if (
    /\b(?:is|are|was|were|how|has|have|which)\b[^.!?]*\b(?:risk\w*|safe\w*)[^.!?]*\?/i.test(text.rest) &&
    !/\b(?:portfolios?|allocat\w*|invest\w*)\b/i.test(text.rest)
  )
    return undefined;
  if (text.take(LOW) !== undefined) return "low";
  if (text.take(MODERATE) !== undefined) return "moderate";
  return text.take(HIGH) === undefined ? undefined : "high";
}

/** The figure of the first pattern that fits; its words are noted in `read`. */
function amount(
  text: RequestText,
  patterns: readonly RegExp[],
  value: (words: string) => number,
  sets: string,
  read: string[],
): number | undefined {
  for (const pattern of patterns) {
    const match = text.take(pattern);
    const found = match?.slice(1).find((group: string | undefined) => group !== undefined);
    if (match === undefined || found === undefined) continue;
    const words = text.original.slice(match.index, match.index + match[0].length).trim();
    read.push(`"${words}" was read as ${sets}.`);
    return value(found);
  }
  return undefined;
}

function problemOf(weight = 1, names = 1, cash = 0): string | undefined {
  if (!(weight > 0 && weight <= 1))
    return "A limit per name must lie above zero and be at most the whole capital.";
  if (names < 1) return "A portfolio needs at least one name.";
  return cash >= 0 && cash <= 1 ? undefined : "Cash cannot be more than the whole capital.";
}
