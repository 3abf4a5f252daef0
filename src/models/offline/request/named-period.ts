import type { CalendarSpan } from "./calendar-span.ts";

/**
 * Stretches of market history that people call by name, from closing high to closing low of the S&P 500
 * (S&P Dow Jones Indices; also Yardeni Research, "Bull & Bear Markets").
 */
const NAMED: readonly (readonly [pattern: string, from: string, to: string])[] = [
  [
    "(?:covid|corona(?:virus)?|pandemic)(?:-19)?(?: (?:crash|crisis|sell-?off|bear market))?(?: (?:of|in) 2020)?",
    "2020-02-19",
    "2020-03-23",
  ],
  ["(?:2020 |march 2020 )crash", "2020-02-19", "2020-03-23"],
  [
    "(?:2008 (?:financial )?(?:crisis|crash|recession|bear market)|(?:global )?financial crisis(?: of 2008)?|gfc|great recession|crisis of 2008)",
    "2007-10-09",
    "2009-03-09",
  ],
  ["(?:dot-?com|tech) (?:crash|bust|bubble burst|bear market)", "2000-03-24", "2002-10-09"],
  ["(?:2022 bear(?: market)?|bear market (?:of|in) 2022)", "2022-01-03", "2022-10-12"],
  ["(?:(?:2018 )?q4 2018|late 2018|christmas 2018) sell-?off", "2018-09-20", "2018-12-24"],
  ["(?:black monday|1987 crash|crash of 1987)", "1987-08-25", "1987-12-04"],
  [
    "(?:(?:april |spring )?2025 (?:tariff )?(?:crash|sell-?off)|tariff (?:crash|sell-?off)(?: of 2025)?)",
    "2025-02-19",
    "2025-04-08",
  ],
];

/** Any of the names, as the source of a pattern. */
export const NAMED_PERIOD = `(?:the )?(?:${NAMED.map(([pattern]) => pattern).join("|")})`;

export function namedPeriod(words: string): CalendarSpan | undefined {
  const found = NAMED.find(([pattern]) => new RegExp(`^(?:the )?${pattern}$`, "i").test(words));
  return found === undefined ? undefined : { from: found[1], to: found[2] };
}
