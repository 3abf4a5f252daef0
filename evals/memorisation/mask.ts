import { calendarOf } from "../../src/domain/market/calendars.ts";
import { DAY_MS } from "../../src/domain/market/day.ts";
import { randomFrom } from "../../src/domain/random.ts";

/** How one window is disguised, the same way for all of it. */
export interface Mask {
  /** Real symbols, each with the name that stands for it. */
  readonly names: ReadonlyMap<string, string>;
  /** Whole weeks by which every date is moved back: weekdays stay. */
  readonly weeks: number;
}

/** Weeks back that are drawn from, about 24 to 29 years: the calendar of New York begins with 1990. */
const FEWEST_WEEKS = 1250;
const SPREAD_WEEKS = 250;

const ATTEMPTS = 500;

/** Letters of made-up names: no ticker that a model may know is made of these four in a row. */
const LETTERS = ["Q", "X", "Z", "J", "V", "K"];

/**
 * A mask by seed. Days that matter (an as-of day, the bounds of a window) fall on whole sessions again; other days may fall on
 * holidays of the other year, see masked-market.ts.
 * @throws RangeError where no number of weeks puts all days on whole sessions
 */
export function maskOf(symbols: readonly string[], days: readonly string[], seed: number): Mask {
  const random = randomFrom(seed).fork("mask");
  const names = new Map<string, string>();
  for (const symbol of symbols) {
    let name: string;
    do name = Array.from({ length: 4 }, () => LETTERS[random.integer(LETTERS.length)] ?? "").join("");
    while ([...names.values()].includes(name));
    names.set(symbol, name);
  }
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    const weeks = FEWEST_WEEKS + random.integer(SPREAD_WEEKS);
    if (days.every((day) => calendarOf("XNYS").session(shiftDay(day, weeks))?.half === false))
      return { names, weeks };
  }
  throw new RangeError(`No shift by whole weeks puts ${days.join(", ")} on whole sessions.`);
}

/** The day whole weeks before. */
export function shiftDay(day: string, weeks: number): string {
  return new Date(Date.parse(day) - weeks * 7 * DAY_MS).toISOString().slice(0, day.length);
}
