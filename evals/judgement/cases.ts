import type { RiskLevel } from "../../src/domain/policy/risk.ts";

/** A day on which it is known how dangerous the market was. */
export interface Moment {
  /** YYYY-MM-DD; nothing later may be looked at. */
  readonly day: string;
  /** Levels that are right, by the facts. */
  readonly levels: readonly RiskLevel[];
  /** Between what the fall of the book from its high of the last quarter lies on that day: fractions, deepest first. */
  readonly drawdown: readonly [deepest: number, shallowest: number];
  /** Published facts that say so; see README.md for their sources. */
  readonly facts: string;
}

export interface JudgementCase {
  readonly id: string;
  /** Which prices: see market.ts. */
  readonly market: "spy" | "crash" | "bear" | "calm-2021" | "simulated";
  readonly symbols: readonly string[];
  readonly moment: Moment;
  /** An earlier calm, from which exposure must have come down. */
  readonly before: Moment | null;
}

const HIGH: readonly RiskLevel[] = ["HIGH"];
const RAISED: readonly RiskLevel[] = ["MODERATE", "HIGH"];
const LOW: readonly RiskLevel[] = ["LOW"];

const BEFORE_THE_CRASH: Moment = {
  day: "2020-02-14",
  levels: LOW,
  drawdown: [-0.03, 0],
  facts: "VIX at 13.68; the S&P 500 at a record close of 3,380.16.",
};

const CRASH: Moment = {
  day: "2020-03-20",
  levels: HIGH,
  drawdown: [-0.34, -0.3],
  facts:
    "VIX at 66.04, after its record close of 82.69 on March 16; the S&P 500 at 2,304.92, 31.9 % below its close of 3,386.15 on February 19.",
};

/** Days inside known regimes. What is expected follows from the facts, not from what the product says. */
export const JUDGEMENT_CASES: readonly JudgementCase[] = [
  { id: "crash-2020-index", market: "spy", symbols: ["SPY"], moment: CRASH, before: BEFORE_THE_CRASH },
  {
    id: "crash-2020-first-week",
    market: "spy",
    symbols: ["SPY"],
    moment: {
      day: "2020-02-28",
      levels: RAISED,
      drawdown: [-0.15, -0.1],
      facts:
        "VIX at 40.11; the worst week since 2008, the S&P 500 at 2,954.22, 12.8 % below its record close of nine days before.",
    },
    before: BEFORE_THE_CRASH,
  },
  {
    id: "crash-2020-shares",
    market: "crash",
    symbols: ["AAPL", "AMZN", "GOOG"],
    moment: {
      ...CRASH,
      // Amazon fell little and Apple, by its adjusted closes, 31.43 % at most: a book of the three fell less than the index.
      drawdown: [-0.32, -0.15],
    },
    before: null,
  },
  {
    id: "crisis-2008",
    market: "spy",
    symbols: ["SPY"],
    moment: {
      day: "2008-10-10",
      levels: HIGH,
      drawdown: [-0.36, -0.26],
      facts:
        "VIX at 69.95; the S&P 500 at 899.22, 31 % below its August close of 1,305.32 after eight losing days.",
    },
    before: {
      day: "2007-01-24",
      levels: LOW,
      drawdown: [-0.01, 0],
      facts: "VIX at 9.89, the lowest close of the decade; the S&P 500 at 1,440.13, its highest since 2000.",
    },
  },
  {
    id: "correction-2018",
    market: "spy",
    symbols: ["SPY"],
    moment: {
      day: "2018-12-24",
      levels: RAISED,
      drawdown: [-0.21, -0.15],
      facts: "VIX at 36.07; the S&P 500 at 2,351.10, 19.8 % below its close of 2,930.75 on September 20.",
    },
    before: {
      day: "2018-01-05",
      levels: LOW,
      drawdown: [-0.01, 0],
      facts: "VIX at 9.22; the S&P 500 at a record close of 2,743.15.",
    },
  },
  {
    id: "calm-2017",
    market: "spy",
    symbols: ["SPY"],
    moment: {
      day: "2017-10-31",
      levels: LOW,
      drawdown: [-0.02, 0],
      facts: "VIX at 10.18; in all of 2017 the S&P 500 closed at most 2.8 % below a high.",
    },
    before: null,
  },
  {
    id: "bear-2022",
    market: "bear",
    symbols: ["AAPL", "MSFT", "GOOGL", "NVDA"],
    moment: {
      day: "2022-06-16",
      levels: RAISED,
      drawdown: [-0.4, -0.2],
      facts:
        "VIX at 32.95; the S&P 500 at 3,666.77, 23.6 % below its close of 4,796.56 on January 3: a bear market since June 13.",
    },
    before: null,
  },
  {
    id: "calm-2021",
    market: "calm-2021",
    symbols: ["JNJ", "KO", "PG", "WMT", "MSFT", "JPM", "HD", "PEP", "MRK", "UNH"],
    moment: {
      day: "2021-08-31",
      levels: LOW,
      drawdown: [-0.03, 0],
      facts: "VIX at 16.48; the S&P 500 at 4,522.68, six points below the record close of the day before.",
    },
    before: null,
  },
];
