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

const LEVELS = "closing levels, S&P Dow Jones Indices";

/**
 * Historical shocks are price returns of the S&P 500 between two closes, computed from the closing levels of S&P
 * Dow Jones Indices that are named beside them.
 */
export const SCENARIOS: readonly Scenario[] = [
  {
    name: "Crash of 1987",
    kind: "historical",
    shock: "market",
    move: 224.84 / 282.7 - 1,
    story: `S&P 500 on 1987-10-19 against 1987-10-16 (${LEVELS})`,
  },
  {
    name: "Rate shock of 1994",
    kind: "historical",
    shock: "market",
    move: 438.92 / 482.0 - 1,
    story: `S&P 500 from 1994-02-02 to 1994-04-04, as the Federal Reserve began to raise rates (${LEVELS})`,
  },
  {
    name: "Dot-com bust 2000-2002",
    kind: "historical",
    shock: "market",
    move: 776.76 / 1527.46 - 1,
    story: `S&P 500 from 2000-03-24 to 2002-10-09 (${LEVELS})`,
  },
  {
    name: "Financial crisis 2007-2009",
    kind: "historical",
    shock: "market",
    move: 676.53 / 1565.15 - 1,
    story: `S&P 500 from 2007-10-09 to 2009-03-09 (${LEVELS})`,
  },
  {
    name: "Pandemic crash of March 2020",
    kind: "historical",
    shock: "market",
    move: 2237.4 / 3386.15 - 1,
    story: `S&P 500 from 2020-02-19 to 2020-03-23 (${LEVELS})`,
  },
  {
    name: "Bear market of 2022",
    kind: "historical",
    shock: "market",
    move: 3577.03 / 4796.56 - 1,
    story: `S&P 500 from 2022-01-03 to 2022-10-12 (${LEVELS})`,
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
