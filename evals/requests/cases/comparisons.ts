import { AS_OF, LOOK, NO_MORE, type RequestCase } from "../case.ts";

const both = { calls: LOOK, never: NO_MORE, status: "done" } as const;
const risk = { calls: ["fetch_market_data", "ask_risk_agent"], never: NO_MORE, status: "done" } as const;
const alpha = { calls: ["fetch_market_data", "ask_alpha_agent"], never: NO_MORE, status: "done" } as const;

/** Side by side, and the best of all. */
export const COMPARISONS: readonly RequestCase[] = [
  {
    id: "compare-in-a-year",
    request: "Compare Apple and Microsoft in 2024",
    symbols: ["AAPL", "MSFT"],
    window: { from: "2024-01-01", to: "2024-12-31" },
    ...both,
  },
  { id: "versus", request: "AAPL vs MSFT", symbols: ["AAPL", "MSFT"], ...both },
  { id: "which-is-riskier", request: "which is riskier, TSLA or KO?", symbols: ["KO", "TSLA"], ...risk },
  { id: "which-is-better", request: "NVDA or AMD, which one is better?", symbols: ["AMD", "NVDA"], ...both },
  {
    id: "compare-three",
    request: "compare JPM with BAC and GS since March 2025",
    symbols: ["BAC", "GS", "JPM"],
    window: { from: "2025-03-01", to: AS_OF },
    ...both,
  },
  {
    id: "how-do-they-compare",
    request: "how do visa and walmart compare over the last 3 years",
    symbols: ["V", "WMT"],
    window: { from: "2022-06-30", to: AS_OF },
    ...both,
  },
  {
    id: "difference-in-risk",
    request: "difference between Pfizer and J&J in terms of risk",
    symbols: ["JNJ", "PFE"],
    ...risk,
  },
  {
    id: "side-by-side",
    request: "put google, amazon and meta side by side for 2023",
    symbols: ["AMZN", "GOOGL", "META"],
    window: { from: "2023-01-01", to: "2023-12-31" },
    ...both,
  },
  {
    id: "outperform",
    request: "Did McDonald's outperform Coca-Cola in the first quarter of 2025?",
    symbols: ["KO", "MCD"],
    window: { from: "2025-01-01", to: "2025-03-31" },
    calls: ["fetch_market_data"],
    never: NO_MORE,
    status: "done",
  },
  { id: "against-the-index", request: "Compare XOM against SIM500", symbols: ["SIM500", "XOM"], ...both },
  { id: "screen-all", request: "Screen all symbols for the strongest signals", symbols: "all", ...alpha },
  { id: "best-right-now", request: "which stocks look best right now?", symbols: "all", ...alpha },
  { id: "least-risky", request: "Find the 3 least risky stocks", symbols: "all", ...risk },
  { id: "top-momentum", request: "top 5 momentum names", symbols: "all", ...alpha },
  {
    id: "screen-on-both",
    request: "screen the universe for low risk and positive signals",
    symbols: "all",
    ...both,
  },
  {
    id: "rank-some",
    request: "Rank AAPL, MSFT, NVDA, AMD and META by signal",
    symbols: ["AAPL", "AMD", "META", "MSFT", "NVDA"],
    ...alpha,
  },
  { id: "most-volatile", request: "what are the most volatile stocks you have?", symbols: "all", ...risk },
  {
    id: "lowest-of-three",
    request: "Which of AAPL, KO, and TSLA has the lowest risk?",
    symbols: ["AAPL", "KO", "TSLA"],
    ...risk,
  },
  {
    id: "shortlist",
    request: "give me a shortlist of bullish stocks, last 6 months",
    symbols: "all",
    window: { from: "2024-12-30", to: AS_OF },
    ...alpha,
  },
];
