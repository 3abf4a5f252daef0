import type { Predicate } from "./condition.ts";
import { readCount } from "./count-words.ts";
import { PREDICATE, readPredicate } from "./predicate.ts";
import type { RequestText } from "./request-text.ts";

export type RankBy = "score" | "change" | "volatility";

/** How a screen orders symbols, how many it shows, and which it leaves out. */
export interface Screening {
  readonly by: RankBy;
  /** Best first; false: worst first. */
  readonly best: boolean;
  readonly top?: number;
  /** Only symbols whose own volatility is below the risk policy's MODERATE threshold. */
  readonly lowRisk: boolean;
  /** Bars for each symbol's own figures. */
  readonly filters: readonly Predicate[];
}

const THINGS =
  "(?:stocks?|names?|symbols?|compan(?:y|ies)|picks?|ideas|candidates|tickers?|shares|assets|performers?|gainers?|losers?|investments?|opportunit(?:y|ies))";
const COUNT = "(\\d+|one|two|three|four|five|six|seven|eight|nine|ten|twelve|fifteen|twenty)";
const TOP = new RegExp(
  `\\b(?:top|best|strongest|weakest|worst|safest|first) ${COUNT}(?: ${THINGS})?\\b|\\b${COUNT} (?:best|strongest|top|weakest|worst|safest|most promising|least volatile|lowest[- ]risk)\\b|\\b(?:find|pick|show|suggest|give)(?: me)? ${COUNT} (?:[a-z-]+ )*${THINGS}`,
  "i",
);
const FILTER = new RegExp(
  `(?:with|whose|where|having|that have|and|,) (?:a |an )?(${PREDICATE})(?![\\w])`,
  "i",
);
const SIGNAL = /\b(positive|negative|bullish|bearish) (?:alpha|signals?|scores?|momentum|trend)\b/i;
const LOW_RISK =
  /\b(?:low(?:er|est)?[- ](?:risk|vol(?:atility)?)|safe(?:r|st)?|not (?:too |so )?(?:risky|volatile)|defensive|conservative|least risky|less risky|low beta)\b/i;

const SCREEN = new RegExp(
  `\\b(?:screen(?:er|ing)?|scan(?:ning)?|shortlist|filter|rank(?:ing|ed)?)\\b|\\b(?:find|pick|suggest|recommend|discover|search|identify|look for)\\b[^.!?]*\\b${THINGS}\\b|\\b(?:which|what) (?:[a-z-]+ )*(?:stocks|names|symbols|shares|companies|tickers|assets|stock|name|symbol)\\b(?! (?:do|can|are available|have you))|\\b(?:top|best|strongest|weakest|worst|most promising|safest|riskiest|(?:most|least) (?:volatile|risky)) (?:\\d+ |[a-z-]+ ){0,2}${THINGS}\\b|\\b(?:biggest|top) (?:gainers|losers)\\b|\\bwhat should i (?:buy|invest in)\\b|\\btop (?:\\d+|three|five|ten)\\b`,
  "i",
);

/**
 * Whether the words ask for a screen. A comparison of named symbols ("which stock is better, AAPL or MSFT?")
 * is for the caller to tell apart.
 */
export function asksForScreen(text: RequestText): boolean {
  return text.has(SCREEN);
}

/** The details of a screen in the words that are left; bars and counts are used up. */
export function readScreening(text: RequestText): Screening {
  const filters: Predicate[] = [];
  for (const [, words = ""] of text.takeAll(FILTER)) {
    const reading = readPredicate(words);
    if (reading !== undefined) filters.push(flip(reading.predicate, reading.holds));
  }
  const signal = text.take(SIGNAL)?.[1];
  if (signal !== undefined) {
    filters.push({ about: "signal", is: /^(?:pos|bull)/i.test(signal) ? "positive" : "negative" });
  }
  const by = rankBy(text);
  const best = !text.has(
    /\b(?:weakest|worst|losers?|bearish|short candidates|lowest (?:score|momentum|return)|riskiest|most volatile|negative)\b/i,
  );
  const lowRisk = by !== "volatility" && text.take(LOW_RISK) !== undefined;
  const top = text
    .take(TOP)
    ?.slice(1)
    .find((group: string | undefined) => group !== undefined);
  return { by, best, lowRisk, filters, ...(top === undefined ? {} : { top: readCount(top) }) };
}

function rankBy(text: RequestText): RankBy {
  if (
    text.has(
      /\b(?:by|on) (?:(?:their|the|lowest|annual(?:ised|ized)?) )*(?:vol(?:atility)?|risk)\b|\b(?:safest|least (?:volatile|risky)|lowest[- ](?:vol(?:atility)?|risk)|riskiest|most volatile)\b/i,
    )
  )
    return "volatility";
  if (
    text.has(
      /\bby (?:(?:their|the|total|price) )*(?:return|performance|change|gain)\b|\b(?:best|worst|top)[- ]perform\w*|\b(?:gainers|losers)\b/i,
    )
  )
    return "change";
  return "score";
}

/** A measure that must not be above is one that must be below. */
function flip(predicate: Predicate, holds: boolean): Predicate {
  if (holds || !("than" in predicate)) return predicate;
  return { ...predicate, than: predicate.than === "above" ? "below" : "above" };
}
