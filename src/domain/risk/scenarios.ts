import {
  BEAR_MARKET_OF_2022,
  CRASH_OF_1987,
  declineOf,
  DOT_COM_BUST,
  FINANCIAL_CRISIS,
  LEVELS_SOURCE,
  PANDEMIC_CRASH,
  RATE_SHOCK_OF_1994,
} from "./index-declines.ts";

/** What a scenario does to the book: move the market, stretch volatility, tie all names together, or break one. */
export type ShockKind = "market" | "volatility" | "correlation" | "gap";

export interface Scenario {
  readonly name: string;
  readonly kind: "historical" | "hypothetical";
  readonly shock: ShockKind;
  /** `market`: the index's return. `gap`: the largest position's return. Otherwise the market stays (0). */
  readonly move: number;
  /** What happened or what is assumed, with dates and source. */
  readonly story: string;
}

/** Historical shocks are price returns of the S&P 500 between two closes: see index-declines.ts. */
export const SCENARIOS: readonly Scenario[] = [
  {
    name: "Crash of 1987",
    kind: "historical",
    shock: "market",
    move: declineOf(CRASH_OF_1987),
    story: `S&P 500 on 1987-10-19 against 1987-10-16 (${LEVELS_SOURCE})`,
  },
  {
    name: "Rate shock of 1994",
    kind: "historical",
    shock: "market",
    move: declineOf(RATE_SHOCK_OF_1994),
    story: `S&P 500 from 1994-02-02 to 1994-04-04, as the Federal Reserve began to raise rates (${LEVELS_SOURCE})`,
  },
  {
    name: "Dot-com bust 2000-2002",
    kind: "historical",
    shock: "market",
    move: declineOf(DOT_COM_BUST),
    story: `S&P 500 from 2000-03-24 to 2002-10-09 (${LEVELS_SOURCE})`,
  },
  {
    name: "Financial crisis 2007-2009",
    kind: "historical",
    shock: "market",
    move: declineOf(FINANCIAL_CRISIS),
    story: `S&P 500 from 2007-10-09 to 2009-03-09 (${LEVELS_SOURCE})`,
  },
  {
    name: "Pandemic crash of March 2020",
    kind: "historical",
    shock: "market",
    move: declineOf(PANDEMIC_CRASH),
    story: `S&P 500 from 2020-02-19 to 2020-03-23 (${LEVELS_SOURCE})`,
  },
  {
    name: "Bear market of 2022",
    kind: "historical",
    shock: "market",
    move: declineOf(BEAR_MARKET_OF_2022),
    story: `S&P 500 from 2022-01-03 to 2022-10-12 (${LEVELS_SOURCE})`,
  },
  {
    name: "Index down 10%",
    kind: "hypothetical",
    shock: "market",
    move: -0.1,
    story: "The index falls by a tenth",
  },
  {
    name: "Volatility doubled",
    kind: "hypothetical",
    shock: "volatility",
    move: 0,
    story: "A month at twice the book's volatility",
  },
  {
    name: "Correlation to one",
    kind: "hypothetical",
    shock: "correlation",
    move: 0,
    story: "A month in which every position moves against the book at once",
  },
  {
    name: "Gap in the largest position",
    kind: "hypothetical",
    shock: "gap",
    move: -0.25,
    story: "The largest position opens a quarter lower (a short one a quarter higher)",
  },
];
