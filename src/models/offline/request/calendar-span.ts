/** The first and last day that words like "Q1 2024" or "March" stand for, as `YYYY-MM-DD`. */
export interface CalendarSpan {
  readonly from: string;
  readonly to: string;
}

const MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

export const MONTH =
  "(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\\.?";

export const YEAR = "(?:(?:19|20)\\d{2})";

const SHORT_YEAR = `(?:${YEAR}|'\\d{2})`;
const DAY = "(?:\\d{1,2}(?:st|nd|rd|th)?)";
/** As meteorologists have them, in whole months; a winter lies in two years, so it is not among them. */
const SEASONS: readonly (readonly [name: RegExp, firstMonth: number])[] = [
  [/^spring/, 3],
  [/^summer/, 6],
  [/^(?:autumn|fall)/, 9],
];
const SEASON = "(?:spring|summer|autumn|fall)";
const ORDINAL = "(?:1st|2nd|3rd|4th|first|second|third|fourth)";

/** Words for a day or a stretch of the calendar that carry their year; the source of a pattern. */
export const DATED = `(?:${[
  "\\d{4}-\\d{1,2}-\\d{1,2}",
  "\\d{4}/\\d{1,2}/\\d{1,2}",
  "\\d{1,2}[./]\\d{1,2}[./]\\d{4}",
  "\\d{4}-(?:0[1-9]|1[0-2])(?![-\\d])",
  `${MONTH} ${DAY},? (?:of )?${SHORT_YEAR}`,
  `${DAY} (?:of )?${MONTH},? ${SHORT_YEAR}`,
  `${MONTH},? (?:of )?${SHORT_YEAR}`,
  `[qh][1-4][ -]?(?:of )?${SHORT_YEAR}`,
  `${YEAR}[ -]?[qh][1-4]`,
  `(?:the )?${ORDINAL} (?:quarter|half) (?:of )?${SHORT_YEAR}`,
  `(?:the )?${SEASON} (?:of )?${SHORT_YEAR}`,
  `(?:the )?(?:start|beginning|end) of ${YEAR}`,
  `(?:the year )?${YEAR}`,
].join("|")})(?![\\w%]|[,.]\\d)`;

/** Words that leave the year open; they count only after "since", "from", "in", "until" and the like. */
export const UNDATED = `(?:${MONTH} ${DAY}|${DAY} (?:of )?${MONTH}|${MONTH}|q[1-4])(?![\\w%]|[,.]\\d)`;

/**
 * The days that calendar words stand for; words without a year mean their latest start up to `asOf`.
 * @returns undefined where there is no such day, the order of day and month is open, or `asOf` is needed and missing
 */
export function calendarSpan(words: string, asOf: string | undefined): CalendarSpan | undefined {
  const text = words
    .toLowerCase()
    .replaceAll(",", "")
    .replace(/^the /, "")
    .replace(/^year /, "");
  const iso = /^(\d{4})[-/](\d{1,2})[-/](\d{1,2})$/.exec(text);
  if (iso !== null) return day(Number(iso[1]), Number(iso[2]), Number(iso[3]));
  const numeric = /^(\d{1,2})[./](\d{1,2})[./](\d{4})$/.exec(text);
  if (numeric !== null) return numericDay(Number(numeric[1]), Number(numeric[2]), Number(numeric[3]));
  const isoMonth = /^(\d{4})-(\d{2})$/.exec(text);
  if (isoMonth !== null) return months(Number(isoMonth[1]), Number(isoMonth[2]), 1);

  const year = yearIn(text);
  const rest = text
    .replace(/(?:19|20)\d{2}|'\d{2}/, "")
    .replace(/\bof\b/g, "")
    .trim();
  if (year === undefined) {
    if (asOf === undefined) return undefined;
    const thisYear = Number(asOf.slice(0, 4));
    const span = within(thisYear, rest);
    return span !== undefined && span.from > asOf ? within(thisYear - 1, rest) : span;
  }
  return within(year, rest);
}

/** A part of a year: "", "q1", "first half", "march", "march 5", "start", "end". */
function within(year: number, part: string): CalendarSpan | undefined {
  if (part === "") return months(year, 1, 12);
  if (/^(start|beginning)/.test(part)) return day(year, 1, 1);
  if (part.startsWith("end")) return day(year, 12, 31);
  const short = /^([qh])([1-4])\b|^-?([qh])([1-4])$/.exec(part);
  if (short !== null) return portion(year, short[1] ?? short[3] ?? "", Number(short[2] ?? short[4]));
  const long = /^(\w+) (quarter|half)$/.exec(part);
  if (long !== null) return portion(year, long[2] === "half" ? "h" : "q", ordinal(long[1] ?? ""));
  const season = SEASONS.find(([name]) => name.test(part));
  if (season !== undefined) return months(year, season[1], 3);
  const month = MONTHS.findIndex((name) => new RegExp(`\\b${name}`).test(part)) + 1;
  if (month === 0) return undefined;
  const dayOfMonth = /\d{1,2}/.exec(part);
  return dayOfMonth === null ? months(year, month, 1) : day(year, month, Number(dayOfMonth[0]));
}

function portion(year: number, kind: string, n: number): CalendarSpan | undefined {
  if (kind === "q") return n >= 1 && n <= 4 ? months(year, 3 * n - 2, 3) : undefined;
  return n === 1 || n === 2 ? months(year, 6 * n - 5, 6) : undefined;
}

function ordinal(word: string): number {
  const n = ["first", "second", "third", "fourth"].indexOf(word) + 1;
  return n === 0 ? Number.parseInt(word, 10) : n;
}

function yearIn(text: string): number | undefined {
  const full = /(?:19|20)\d{2}/.exec(text);
  if (full !== null) return Number(full[0]);
  const short = /'(\d{2})/.exec(text);
  return short === null ? undefined : 2000 + Number(short[1]);
}

/** 31.12.2024 and 12/31/2024 are clear; 01/02/2024 is not, but for 01/01/2024. */
function numericDay(a: number, b: number, year: number): CalendarSpan | undefined {
  if (a > 12 || a === b) return day(year, b, a);
  return b > 12 ? day(year, a, b) : undefined;
}

function day(year: number, month: number, dayOfMonth: number): CalendarSpan | undefined {
  if (month < 1 || month > 12 || dayOfMonth < 1 || dayOfMonth > daysIn(year, month)) return undefined;
  const date = isoDay(year, month, dayOfMonth);
  return { from: date, to: date };
}

function months(year: number, first: number, count: number): CalendarSpan | undefined {
  const last = first + count - 1;
  if (first < 1 || last > 12) return undefined;
  return { from: isoDay(year, first, 1), to: isoDay(year, last, daysIn(year, last)) };
}

function daysIn(year: number, month: number): number {
  return new Date(Date.UTC(year, month, 0)).getUTCDate();
}

function isoDay(year: number, month: number, dayOfMonth: number): string {
  return `${String(year).padStart(4, "0")}-${String(month).padStart(2, "0")}-${String(dayOfMonth).padStart(2, "0")}`;
}

/** A calendar day some days or months away; the day of month is cut to the month's length. */
export function shiftDay(date: string, by: { readonly days?: number; readonly months?: number }): string {
  const [year = 0, month = 1, dayOfMonth = 1] = date.split("-").map(Number);
  const index = year * 12 + month - 1 + (by.months ?? 0);
  const [y, m] = [Math.floor(index / 12), (index % 12) + 1];
  const moved = Date.UTC(y, m - 1, Math.min(dayOfMonth, daysIn(y, m)) + (by.days ?? 0));
  return new Date(moved).toISOString().slice(0, 10);
}
