import { STRATEGIES } from "../../../domain/backtest/strategies/strategies.ts";
import type { RequestText } from "./request-text.ts";

/** A named strategy with the parameters that the request gives; the tool knows names, defaults and bounds. */
export interface NamedStrategy {
  readonly name: string;
  readonly params: Readonly<Record<string, number | boolean>>;
}

const AVERAGE = "(?:simple |exponential )?(?:moving[- ]averages?|averages?|[se]ma|ma|mas|[se]mas)";
const CROSS = "(?:cross(?:es|ing|over|overs|-overs?)?)";
const PAIR = "(\\d+)(?: ?(?:[/,]|x|and|over|vs\\.?|-?day and|- and) ?)(\\d+)(?:[- ]?days?)?";
const STRATEGY = "(?: (?:strategy|rule|system|policy))?";
const WITH = ",? ?(?:with |of |using |at )?(?:an? )?";

type Read = (numbers: readonly number[], words: string) => NamedStrategy;

const cross: Read = ([a, b], words) => ({
  name: /\bema|exponential/i.test(words) ? "ema-cross" : "sma-cross",
  params: a === undefined || b === undefined ? {} : { fast: Math.min(a, b), slow: Math.max(a, b) },
});

/** "RSI 14", "RSI 30/70", "RSI 14 30/70". */
const rsi: Read = (numbers) => {
  const [period] = numbers.length === 2 ? [] : numbers;
  const [oversold, overbought] = numbers.slice(-2);
  return {
    name: "rsi-reversal",
    params: {
      ...(period === undefined ? {} : { period }),
      ...(overbought === undefined || oversold === undefined ? {} : { oversold, overbought }),
    },
  };
};

/** Forms in which a strategy is unmistakable, the longer first. */
const FORMS: readonly (readonly [string, Read])[] = [
  [`${AVERAGE}[- ]?${CROSS}${STRATEGY}${WITH}\\(?(?:fast ?=? ?)?${PAIR}\\)?`, cross],
  [
    `${AVERAGE}[- ]?${CROSS}${STRATEGY}${WITH}fast(?: ?=| of)? ?(\\d+),? (?:and )?(?:a )?slow(?: ?=| of)? ?(\\d+)`,
    cross,
  ],
  [`${PAIR} ${AVERAGE}(?:[- ]?${CROSS})?${STRATEGY}`, cross],
  [`${AVERAGE} ${PAIR}(?: ${CROSS})?${STRATEGY}`, cross],
  [`${CROSS} of (?:the )?${PAIR}(?: ${AVERAGE})?`, cross],
  ["(?:golden|death) cross", () => ({ name: "sma-cross", params: { fast: 50, slow: 200 } })],
  [`${AVERAGE}[- ]?${CROSS}${STRATEGY}`, cross],
  ["(?:buy[- ]?(?:and|&|n)[- ]?hold|b&h)(?: strategy)?", () => ({ name: "buy-and-hold", params: {} })],
];

/** Names that mean other things as well, even beside "backtest": what a portfolio shall be, or several symbols. */
const PLAIN_WORDS: ReadonlySet<string> = new Set(["low-volatility", "volatility-target", "pairs"]);

/** Names that count only beside "backtest", "strategy" or "rule": they are terms of the field as well. */
const IN_CONTEXT: readonly (readonly [string, Read])[] = [
  [
    `rsi(?:[- ](?:reversals?|reversion))?${STRATEGY}(?:${WITH}\\(?(\\d+)(?!\\d| ?/)\\)?)?(?:${WITH}\\(?(\\d+) ?/ ?(\\d+)\\)?)?`,
    rsi,
  ],
  [`momentum(?:[- ]rank(?:ing)?)?${STRATEGY}`, () => ({ name: "momentum-rank", params: {} })],
  [`equal(?:ly)?[- ]weight(?:ed|s)?${STRATEGY}`, () => ({ name: "equal-weight", params: {} })],
  [`macd(?:[- ]?${CROSS})?${STRATEGY}`, () => ({ name: "macd", params: {} })],
  [
    `bollinger(?:[- ]bands?)?(?:[- ](?:reversals?|reversion))?${STRATEGY}`,
    () => ({ name: "bollinger-reversal", params: {} }),
  ],
  [
    `(?:donchian(?:[- ]channels?)?(?:[- ]breakouts?)?|turtles?)${STRATEGY}`,
    () => ({ name: "donchian-breakout", params: {} }),
  ],
  [`pairs[- ]trading${STRATEGY}`, () => ({ name: "pairs", params: {} })],
  ["volatility[- ]targeting (?:strategy|rule|system)", () => ({ name: "volatility-target", params: {} })],
  [
    "(?:stochastics?(?: oscillator)?|ichimoku|keltner(?:[- ]channels?)?|supertrend|parabolic sar|vwap|adx)(?:[- ](?:cross(?:overs?|ing)?|strategy|rule|system|trading))?",
    named,
  ],
  ["(?:mean[- ]reversion|breakout|trend[- ]following) (?:strategy|rule|system)", named],
  ...STRATEGIES.map(({ name }): readonly [string, Read] => [
    name.replaceAll("-", "[- ]") + (PLAIN_WORDS.has(name) ? " (?:strategy|rule|system)" : ""),
    () => ({ name, params: {} }),
  ]),
  [
    "(?!(?:the|a|an|this|that|same|trading|investment|your|own|agents?|team|current|named|simple|new|good|better|best|any|some|which|what|portfolio|my|and|or|of|with|over|on|for)\\b)[a-z][\\w-]+ strategy",
    named,
  ],
];

const CONTEXT = /\bback[- ]?test|\bstrateg(?:y|ies)\b|\brules?\b|\bsimulate\b/i;

/** Strategies that can sell short and do so or not by a parameter. */
const CAN_SHORT: ReadonlySet<string> = new Set(
  STRATEGIES.filter(({ params }) => "short" in params.parse({})).map(({ name }) => name),
);

/** The strategies named in the words that are left; their words are used up. */
export function readStrategies(text: RequestText): NamedStrategy[] {
  const forms = text.has(CONTEXT) ? [...FORMS, ...IN_CONTEXT] : FORMS;
  const short = shortWanted(text);
  return forms.flatMap(([source, read]) =>
    text.takeAll(new RegExp(`\\b${source}(?!\\w)`, "i")).map((match) => {
      const numbers = match
        .slice(1)
        .flatMap((group: string | undefined) => (group === undefined ? [] : [Number(group)]));
      const { name, params } = read(numbers, match[0]);
      return {
        name,
        params: { ...params, ...(short !== undefined && CAN_SHORT.has(name) ? { short } : {}) },
      };
    }),
  );
}

function shortWanted(text: RequestText): boolean | undefined {
  if (text.has(/\blong[- ]only\b|\b(?:no|without) short/i)) return false;
  return text.has(/\blong[- /]+(?:and[- ])?short\b|\b(?:with|allow(?:ing)?) short/i) ? true : undefined;
}

/** Named in words only: the tool says whether there is such a strategy. */
function named(_numbers: readonly number[], words: string): NamedStrategy {
  return {
    name: words
      .toLowerCase()
      .replace(/ (?:strategy|rule|system)$/, "")
      .replaceAll(/\s+/g, "-"),
    params: {},
  };
}
