import { COUNT } from "./count-words.ts";
import type { RequestText } from "./request-text.ts";

export type Topic =
  | "trade"
  | "optimise"
  | "forecast"
  | "news"
  | "fundamentals"
  | "options"
  | "intraday"
  | "monitor"
  | "loosen"
  | "limits";

/** What cannot be done yet, with what to say of it. */
export const UNAVAILABLE: Readonly<Record<Topic, string>> = {
  trade: "Placing orders is not available: nothing was bought or sold, and nothing will be.",
  optimise:
    "A request cannot search for a strategy's parameters: `finagent sweep` tries them, and says how little the best of many means. Nothing was changed.",
  forecast:
    "Future prices cannot be told from past ones: there is a signal with its evidence, not a forecast.",
  news: "News is not among the data that can be read here: only prices and volumes are.",
  fundamentals:
    "Company figures such as earnings, dividends or valuation are not among the data that can be read here: only prices and volumes are.",
  options:
    "Options and other derivatives are not available: only stocks, funds, coins and indices that the data source lists.",
  intraday: "A request cannot choose intraday bars: the data source's own interval is used.",
  monitor: "Watching a market and sending alerts is not available yet: a request is answered once.",
  limits:
    "The limits stand: a request can tighten them, and none can raise them or change the level of risk.",
  loosen: "Costs, fills and the agents' policies cannot be changed by a request: the configured ones hold.",
};

const FORMS: readonly (readonly [Topic, RegExp])[] = [
  [
    "optimise",
    /\b(?:optimi[sz]e|tune|improve|calibrate|train|fine-?tune|rewrite) (?:the |my |your |its )*(?:\w+ ){0,2}(?:agents?|prompts?|polic(?:y|ies)|strateg(?:y|ies)|parameters?|params|look-?backs?|instructions?|model|signals?|sma|rsi)\b|\b(?:best|optimal) (?:parameters?|params|look-?backs?)\b|\bgrid[- ]search\b/i,
  ],
  [
    "trade",
    /\b(?:place|submit|send|enter|cancel) (?:an? |the |my |all )*(?:\w+ ){0,2}orders?\b|\bexecute (?:it|that|this|the|an?|my)?\s*(?:\w+ )?(?:trades?|orders?|portfolio|rebalanc\w+)?|\b(?:start |live |paper |auto-?)trad(?:e|ing)\b|\btrade (?:it|them|this|that|for me|now|on my behalf|¦)|\b(?:rebalance|liquidate) my (?:account|holdings|positions)\b|\bgo live\b/i,
  ],
  [
    "trade",
    /(?:^|[.;!?,]\s*|\b(?:and|then|please|now|to|just|you|go ahead and) )(?:please |then |now |just )*(?:buy|sell|purchase|short)\b(?! ?(?:and|&|or|signals?|side|candidates?|-)\b)(?=[^?]*$|[^?]*[.!])/i,
  ],
  [
    "forecast",
    new RegExp(
      `\\b(?:forecast|predict(?:ion)?|price target|where will|what will|will (?:it|they|the|¦)[^.!?]*(?:rise|fall|go|be|reach|hit|double|crash)|(?:over |for |in |during )?(?:the )?(?:next|coming) (?:${COUNT} )?(?:days?|weeks?|months?|years?|quarters?))\\b|\\btomorrow(?:'s)?\\b`,
      "i",
    ),
  ],
  ["news", /\b(?:news|headlines?|sentiment|tweets?|twitter|reddit|press releases?|rumou?rs?)\b/i],
  [
    "fundamentals",
    /\b(?:earnings|revenues?|dividends?(?! adjust)|fundamentals?|valuation|p\/?e(?: ratio)?|price[- ]to[- ]\w+|eps|balance sheet|cash flow|market cap(?:italisation|italization)?|ceo|employees|intrinsic value|dcf)\b/i,
  ],
  [
    "options",
    /\b(?:call|put) options?\b|\b(?:options? (?:chain|on|for|strategy|trading|prices?)|options|futures|straddles?|covered calls?|implied vol(?:atility)?|greeks)\b/i,
  ],
  [
    "intraday",
    /\b(?:intra-?day|hourly|minute|(?:1|5|15|30)[- ]?min(?:ute)?s?|tick data|1h|per hour)\b(?: (?:bars|data|candles))?/i,
  ],
  [
    "monitor",
    /\b(?:alert me|notify me|let me know when|keep an eye|monitor|watch (?:it|¦)|every (?:day|morning|week|hour)|remind me)\b/i,
  ],
  [
    "limits",
    /\b(?:raise|increase|loosen|relax|lift|double|triple|widen|extend) (?:all |any |every |the |your |my |of )*(?:(?:risk|exposure|draw-?down|vol(?:atility)?|stress|loss|leverage|var) (?:limits?|targets?|thresholds?)|limits)(?: (?:up )?(?:to|by) \d+(?:\.\d+)? ?(?:%|percent)?)?|\b(?:treat|call|count|consider|report) (?:a |the |any )?(?:high|moderate)(?: risk)? (?:as|to be) (?:low|moderate)\b/i,
  ],
  [
    "loosen",
    /\b(?:zero|no|without|ignor\w+|set|change|lower|raise)(?: the)? (?:commissions?|slippage|costs|fees|transaction costs)\b|\b(?:change|edit|loosen|relax|raise|override) (?:the |your |my )*(?:\w+ )?polic(?:y|ies)\b/i,
  ],
];

/** The topics in the words that are left that no tool covers; their words are used up. */
export function readUnavailable(text: RequestText): Topic[] {
  const topics = FORMS.filter(([, pattern]) => text.takeAll(pattern).length > 0).map(([topic]) => topic);
  return [...new Set(topics)];
}
