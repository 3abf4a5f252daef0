import { COUNT, readCount } from "./count-words.ts";
import type { RequestText } from "./request-text.ts";

export interface CapitalReading {
  readonly text: string;
  readonly amount: number;
  /** Named where it is not the dollar. */
  readonly currency?: string;
}

const NUMBER = "\\d{1,3}(?:[, ']\\d{3})+(?:\\.\\d+)?|\\d+(?:\\.\\d+)?";
/** A sum that has no unit beside it is at least in the hundreds. */
const PLAIN = "\\d{1,3}(?:[, ']\\d{3})+(?:\\.\\d+)?|\\d{3,}(?:\\.\\d+)?";
const SCALE = "k|thousand|grand|m|mn|mm|mio|million|bn|b|billion";
const CURRENCY = "us dollars?|dollars?|bucks|usd|euros?|eur|pounds?|gbp|chf|francs?|yen|jpy";
const END = "(?![\\w%]|[.,]\\d)";

const FACTORS: Readonly<Record<string, number>> = { k: 1e3, t: 1e3, g: 1e3, m: 1e6, b: 1e9 };

/** What a number counts when it is not money. */
const NOT_MONEY =
  "(?! ?(?:%|percent|shares?|stocks?|names?|positions?|symbols?|bars?|days?|weeks?|months?|quarters?|years?|times|bps|basis))";

const FORMS: readonly RegExp[] = [
  // $50k, -$500, US$ 1.5 million, €20,000
  new RegExp(
    `(?<![\\w])(?<sign>-)?(?:us ?)?(?<symbol>[$€£])\\s?(?<number>${NUMBER})\\s?(?<scale>${SCALE})?${END}(?: ?(?:${CURRENCY})\\b)?`,
    "i",
  ),
  // USD 250000
  new RegExp(
    `(?<![\\w])(?<currency>usd|eur|gbp|chf|jpy)\\s?(?<number>${NUMBER})\\s?(?<scale>${SCALE})?${END}`,
    "i",
  ),
  // 50,000 dollars, 1.5m usd
  new RegExp(
    `(?<![\\w.,])(?<sign>-)?(?<number>${NUMBER})\\s?(?<scale>${SCALE})?\\s?(?<currency>${CURRENCY})(?!\\w)`,
    "i",
  ),
  // half a million dollars, ten thousand, a million
  new RegExp(
    `(?<![\\w.,])(?<count>${COUNT}) ?(?<scale>thousand|grand|million|billion)(?: (?<currency>${CURRENCY}))?(?!\\w)`,
    "i",
  ),
  // with 1.5m, capital of 5000, invest 10,000
  new RegExp(
    `\\b(?:(?:capital|budget|account|portfolio|sum|amount|total)(?: size)?(?: of|:| is| =)?|invest(?:ing)?|with|have|got|allocate|deploy|starting (?:with|from|at)|use)\\s+(?:about |around |roughly |a |only )?(?:capital of |budget of )?(?:(?<number>${NUMBER})\\s?(?<scale>${SCALE})${END}|(?!(?:19|20)\\d{2}(?![\\d,.]))(?<plain>${PLAIN})${END}${NOT_MONEY})`,
    "i",
  ),
  // 100k, 100 000, 50,000
  new RegExp(`(?<![\\w.,/-])(?!401k)(?<number>${NUMBER})(?<scale>k|bn|mn)${END}`, "i"),
  new RegExp(`(?<![\\w.,/-])(?<number>\\d{1,3}(?:,\\d{3})+)${END}${NOT_MONEY}`, "i"),
];

/** Words after which a sum of money is a price, not the capital. */
const PRICE =
  /(?:under|below|above|over|at|than|price|priced|stop|target|strike|worth|cost(?:s|ing)?|reach(?:es)?|hits?)(?: of)?\s*$/i;

/** All sums of money in the words that are left; their words are used up. */
export function readCapital(text: RequestText): CapitalReading[] {
  const readings: CapitalReading[] = [];
  for (const pattern of FORMS) {
    for (let match = text.take(pattern); match !== undefined; match = text.take(pattern)) {
      if (!PRICE.test(text.original.slice(0, match.index))) readings.push(read(match));
    }
  }
  return readings;
}

function read(match: RegExpExecArray): CapitalReading {
  const { sign, symbol, number, plain, count, scale, currency } = match.groups ?? {};
  const value =
    count === undefined ? Number((number ?? plain ?? "").replaceAll(/[, ']/g, "")) : readCount(count);
  const factor = scale === undefined ? 1 : (FACTORS[scale.charAt(0).toLowerCase()] ?? 1);
  const amount = ((sign === undefined ? 1 : -1) * Math.round(value * factor * 100)) / 100;
  const foreign = foreignCurrency(symbol, currency);
  return { text: match[0].trim(), amount, ...(foreign === undefined ? {} : { currency: foreign }) };
}

function foreignCurrency(symbol: string | undefined, word: string | undefined): string | undefined {
  const name = word?.toLowerCase() ?? "";
  if (symbol === "€" || name.startsWith("eur")) return "EUR";
  if (symbol === "£" || name.startsWith("pound") || name === "gbp") return "GBP";
  if (name === "chf" || name.startsWith("franc")) return "CHF";
  return name === "yen" || name === "jpy" ? "JPY" : undefined;
}
