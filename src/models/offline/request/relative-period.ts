/** A window as `fetch_market_data` takes it: fixed days, or a length that counts back from the as-of day. */
export interface Period {
  /** `YYYY-MM-DD`, both inclusive. */
  readonly from?: string;
  readonly to?: string;
  readonly lastMonths?: number;
  readonly lastDays?: number;
}

/** How far back the window reaches where no period is named. */
export const DEFAULT_MONTHS = 6;

/** The same in words: an answer prints no figure of its own. */
export const DEFAULT_WORDS = "six months";

/** A unit of time in full words, as the source of a pattern without groups. */
export const UNIT =
  "(?:(?:trading |business |calendar )?days?|sessions?|weeks?|months?|quarters?|years?|yrs?|decades?)";

const MONTHS_IN: Readonly<Record<string, number>> = { m: 1, q: 3, y: 12 };

/** "6 months", "2 years", "90 days": counted back from the as-of day. */
export function relativePeriod(
  count: number,
  unit: string,
): { period?: Period; problem?: string; assumption?: string } {
  if (!(count > 0)) return { problem: "A period of no length holds no data." };
  const { days, months } = backFrom(count, unit);
  if (months !== undefined) return { period: { lastMonths: -months } };
  const period = { lastDays: -(days ?? 0) };
  return isSessions(unit)
    ? { period, assumption: "Trading days were turned into calendar days, at five in a week." }
    : { period };
}

/** The shift that leads back by so many units: whole months where it can, else days. */
export function backFrom(count: number, unit: string): { days?: number; months?: number } {
  const word = unit.toLowerCase();
  if (isSessions(word)) return { days: -Math.ceil((count * 7) / 5) };
  if (/^(calendar )?d(ay|ays)?$/.test(word)) return { days: -Math.ceil(count) };
  if (word.startsWith("w")) return { days: -Math.ceil(count * 7) };
  const perUnit = word.startsWith("decade") ? 120 : (MONTHS_IN[word.charAt(0)] ?? 1);
  const months = count * perUnit;
  return Number.isInteger(months) ? { months: -months } : { days: -Math.ceil((months * 365.25) / 12) };
}

function isSessions(unit: string): boolean {
  return /^(trading|business|session)/i.test(unit);
}
