import { type CalendarSpan, calendarSpan, DATED, shiftDay, UNDATED } from "./calendar-span.ts";
import { COUNT, readCount } from "./count-words.ts";
import { NAMED_PERIOD, namedPeriod } from "./named-period.ts";
import {
  backFrom,
  DEFAULT_MONTHS,
  DEFAULT_WORDS,
  type Period,
  relativePeriod,
  UNIT,
} from "./relative-period.ts";
import type { RequestText } from "./request-text.ts";

export interface PeriodReading {
  /** The words it was read from. */
  readonly text: string;
  readonly period?: Period;
  /** Why the words name no period, as a full sentence. */
  readonly problem?: string;
  /** How words that leave room were read, as a full sentence. */
  readonly assumption?: string;
}

const ANY = `(?:${NAMED_PERIOD}|${DATED}|${UNDATED})`;
const NOW = "(?:now|today|the present|present|date)";
const NOT_A_WINDOW =
  "(?![- ]?(?:moving|sma|ema|ma\\b|rsi|momentum|look-?back|va[rR]\\b|volatility|high\\b|low\\b|average|horizon|holding|old\\b))";

type Read = (groups: readonly string[], asOf: string | undefined) => Omit<PeriodReading, "text">;

/** Every way in which people name a window, the longer forms first. */
const FORMS: readonly (readonly [RegExp, Read])[] = [
  form(
    `(?:over |for |on |with |using )?(?:all|the (?:entire|full|whole|complete)|entire|full|whole|max(?:imum)?)(?: of)?(?: the)?(?: available)? (?:history|data available|available data|period available)|since (?:inception|the beginning(?! of)|its ipo)`,
    () => ({
      period: { from: "1900-01-01" },
    }),
  ),
  form(
    `(?:the )?(first|last|final) (${COUNT})[- ](${UNIT}) (?:of|in) (${DATED})`,
    ([which = "", n = "", unit = "", when = ""], asOf) => {
      const span = calendarSpan(when, asOf);
      if (span === undefined) return unreadable(when);
      const back = backFrom(readCount(n), unit);
      if (which.toLowerCase() === "first") {
        const forward = { days: (back.days ?? 0) * -1, months: (back.months ?? 0) * -1 };
        return { period: { from: span.from, to: shiftDay(shiftDay(span.from, forward), { days: -1 }) } };
      }
      return { period: { from: shiftDay(shiftDay(span.to, { days: 1 }), back), to: span.to } };
    },
  ),
  form(
    `(?:the )?(?:last |past )?(${COUNT})[- ](${UNIT}) (?:to|until|till|ending(?: in| on| at| with)?|up to|before) (${DATED})`,
    ([n = "", unit = "", when = ""], asOf) => {
      const span = calendarSpan(when, asOf);
      if (span === undefined) return unreadable(when);
      const { period, ...rest } = relativePeriod(readCount(n), unit);
      return period === undefined ? rest : { ...rest, period: { ...period, to: span.to } };
    },
  ),
  form(
    `(?:since|from|after|starting(?: in| from| on)?|beginning(?: in| of)?) (${ANY}) ?(?:onwards?|on\\b)?,? ?(?:to|until|till|through|thru|and ending|up to|-) ?${NOW}`,
    since,
  ),
  form(
    `(?:(?:from|since|between|for|over|in|during|of) )?(?:the )?(${DATED}|${UNDATED}) ?(?:to|until|till|through|thru|up to|-) ?(${DATED}|${UNDATED})`,
    range,
  ),
  form(`between (${DATED}|${UNDATED}) and (${DATED}|${UNDATED})`, range),
  form(`(?:since|from|starting(?: in| from| on)?|beginning(?: in)?) (?:the )?(${ANY})(?: onwards?)?`, since),
  form(`after (?:the )?(${ANY})`, ([when = ""], asOf) => {
    const span = spanOf(when, asOf);
    return span === undefined ? unreadable(when) : { period: { from: shiftDay(span.to, { days: 1 }) } };
  }),
  form(`(?:since|from) (${COUNT}) (${UNIT}) ago`, ([n = "", unit = ""]) =>
    relativePeriod(readCount(n), unit),
  ),
  form(`(?:since|from) last year`, (_groups, asOf) =>
    asOf === undefined
      ? needsDay("last year")
      : { period: { from: `${Number(asOf.slice(0, 4)) - 1}-01-01` } },
  ),
  form(`(until|till|up to|through|before|ending(?: in| on)?) (${DATED}|${UNDATED})`, until),
  form(
    `(?:since|from) the (?:start|beginning) of (?:the|this) (year|quarter|month)|(?:the )?(year|quarter|month)[- ]to[- ]date|\\b(ytd|qtd|mtd)\\b|this (year|quarter|month)(?! has been)`,
    (groups, asOf) => {
      const unit = groups.find((group) => group !== "") ?? "";
      return asOf === undefined ? needsDay(unit) : { period: { from: startOf(unit.toLowerCase(), asOf) } };
    },
  ),
  form(`(?:(?:in|for|during|over|of|on|throughout|within) )?(?:the )?(${NAMED_PERIOD}|${DATED})`, whole),
  form(`(?:in|during|for|throughout) (${UNDATED})`, whole),
  form(
    `(?:(?:over|for|in|during|of|from|within) )?(?:the )?(?:last|past|previous|trailing|prior|most recent) (?:(${COUNT})[- ])?(?:full )?(${UNIT})${NOT_A_WINDOW}`,
    ([n = "", unit = ""]) => relativePeriod(n === "" ? 1 : readCount(n), unit),
  ),
  form(
    `(?<!next )(?:(?:over|for|of) )?(?:the )?(${COUNT})[- ]?(${UNIT})${NOT_A_WINDOW}(?! (?:ahead|from now|out))`,
    ([n = "", unit = ""]) => relativePeriod(readCount(n), unit),
  ),
  form(
    `(?:(?:over|for) )?(?:the )?(?<!\\$ ?)(\\d+) ?(d|w|wk|m|mo|mos|mth|mths|y|yr|yrs)(?!\\w)`,
    ([n = "", unit = ""]) => relativePeriod(Number(n), unit),
  ),
  form(
    `(?:over |for |in )?(?:the )?(?:last|past) (?:few|several|some) (?:days|weeks|months|years)|recently|lately|recent (?:past|data|history)`,
    () => ({
      assumption: "The request names no number for its period.",
    }),
  ),
];

/** "as of 2025-06-30": the window's end, not a window of one day. */
const AS_OF = new RegExp(`(?<![\\w-])(?:with data )?as (?:of|at|on) (?:the )?(${DATED}|${UNDATED})`, "i");

/** All periods named in the words that are left, in no order; their words are used up. */
export function readPeriods(text: RequestText, asOf: string | undefined): PeriodReading[] {
  const match = text.take(AS_OF);
  if (match === undefined) return readForms(text, asOf);
  const words = match[0].trim();
  const end = spanOf(match[1] ?? "", asOf)?.to;
  if (end === undefined) return [...readForms(text, asOf), { text: words, ...unreadable(match[1] ?? "") }];
  const lengths = readForms(text, end);
  if (lengths.length === 0) return [{ text: words, ...notOver(upTo(end), asOf) }];
  return lengths.map(({ period, text: length, ...rest }) =>
    period === undefined || period.to !== undefined
      ? { text: length, ...rest, ...(period === undefined ? {} : { period }) }
      : { ...notOver({ ...rest, period: { ...period, to: end } }, asOf), text: `${length} ${words}` },
  );
}

function readForms(text: RequestText, asOf: string | undefined): PeriodReading[] {
  return FORMS.flatMap(([pattern, read]) =>
    text.takeAll(pattern).map((match) => {
      const groups = match.slice(1).map((group: string | undefined) => group ?? "");
      return { ...notOver(read(groups, asOf), asOf), text: match[0].trim() };
    }),
  );
}

/** A period that is still running ends with the as-of day: "in 2025" asks for nothing of the future. */
function notOver(
  reading: Omit<PeriodReading, "text">,
  asOf: string | undefined,
): Omit<PeriodReading, "text"> {
  const { from, to, ...rest } = reading.period ?? {};
  if (asOf === undefined || to === undefined || to <= asOf || (from !== undefined && from > asOf))
    return reading;
  return {
    ...reading,
    period: { ...rest, ...(from === undefined ? {} : { from }) },
    assumption: "The period named is not over yet, so it ends with the latest prices.",
  };
}

function form(source: string, read: Read): readonly [RegExp, Read] {
  return [new RegExp(`(?<![\\w$.,/-])(?:${source})(?!\\w)`, "i"), read];
}

function since([when = ""]: readonly string[], asOf: string | undefined): Omit<PeriodReading, "text"> {
  const span = spanOf(when, asOf);
  return span === undefined ? unreadable(when) : { period: { from: span.from } };
}

function until(
  [word = "", when = ""]: readonly string[],
  asOf: string | undefined,
): Omit<PeriodReading, "text"> {
  const span = spanOf(when, asOf);
  if (span === undefined) return unreadable(when);
  const to = word.toLowerCase() === "before" ? shiftDay(span.from, { days: -1 }) : span.to;
  return upTo(to);
}

function upTo(to: string): Omit<PeriodReading, "text"> {
  return {
    period: { lastMonths: DEFAULT_MONTHS, to },
    assumption: `No first day was named, so the window reaches ${DEFAULT_WORDS} back from the last.`,
  };
}

function whole([when = ""]: readonly string[], asOf: string | undefined): Omit<PeriodReading, "text"> {
  const span = spanOf(when, asOf);
  return span === undefined ? unreadable(when) : { period: { from: span.from, to: span.to } };
}

/** From the first day of one to the last day of the other; a year that one of them lacks is the other's. */
function range(
  [first = "", last = ""]: readonly string[],
  asOf: string | undefined,
): Omit<PeriodReading, "text"> {
  const year = (words: string): string | undefined => /(?:19|20)\d{2}/.exec(words)?.[0];
  const [yearFrom, yearTo] = [year(first), year(last)];
  const from = spanOf(yearFrom === undefined && yearTo !== undefined ? `${first} ${yearTo}` : first, asOf);
  const to = spanOf(yearTo === undefined && yearFrom !== undefined ? `${last} ${yearFrom}` : last, asOf);
  if (from === undefined) return unreadable(first);
  if (to === undefined) return unreadable(last);
  if (from.from > to.to) return { problem: `The period starts on ${from.from}, after its end on ${to.to}.` };
  return { period: { from: from.from, to: to.to } };
}

function spanOf(words: string, asOf: string | undefined): CalendarSpan | undefined {
  return namedPeriod(words.trim()) ?? calendarSpan(words.trim(), asOf);
}

function startOf(unit: string, asOf: string): string {
  const [year = "", month = "01"] = asOf.split("-");
  if (unit === "ytd" || unit === "year") return `${year}-01-01`;
  if (unit === "mtd" || unit === "month") return `${year}-${month}-01`;
  return `${year}-${String(Number(month) - ((Number(month) - 1) % 3)).padStart(2, "0")}-01`;
}

function unreadable(words: string): Omit<PeriodReading, "text"> {
  return { problem: `"${words.trim()}" does not name one day or period for certain.` };
}

function needsDay(words: string): Omit<PeriodReading, "text"> {
  return { problem: `"${words}" counts from today, and today is not known here.` };
}
