import { LOOK, NO_MORE, type RequestCase } from "../case.ts";

const whole = { calls: LOOK, never: NO_MORE, status: "done" } as const;
const risk = { calls: ["fetch_market_data", "ask_risk_agent"], never: NO_MORE, status: "done" } as const;
const alpha = { calls: ["fetch_market_data", "ask_alpha_agent"], never: NO_MORE, status: "done" } as const;

/** One look at one or a few companies, in all the ways in which people name them. */
export const ANALYSES: readonly RequestCase[] = [
  { id: "analyze-one", request: "Analyze AAPL", symbols: ["AAPL"], ...whole },
  { id: "ticker-with-question-mark", request: "aapl?", symbols: ["AAPL"], ...whole },
  {
    id: "polite",
    request: "hey, could you please take a look at Microsoft for me? thanks!",
    symbols: ["MSFT"],
    ...whole,
  },
  { id: "no-apostrophe", request: "Whats going on with tesla", symbols: ["TSLA"], ...whole },
  {
    id: "three-banks",
    request: "Give me your view on JPMorgan Chase, Goldman Sachs and Bank of America.",
    symbols: ["BAC", "GS", "JPM"],
    ...whole,
  },
  { id: "should-i-buy", request: "should i buy coca cola", symbols: ["KO"], ...whole },
  {
    id: "bullish-or-bearish",
    request: "TSLA - bullish or bearish?",
    symbols: ["TSLA"],
    calls: alpha.calls,
    never: NO_MORE,
  },
  { id: "how-risky", request: "how risky is Boeing", symbols: ["BA"], ...risk },
  { id: "misspelt-ticker", request: "analyze appl", symbols: ["AAPL"], orAsks: /Apple|AAPL/, ...whole },
  {
    id: "misspelt-name",
    request: "Anaylze Micorsoft's stock",
    symbols: ["MSFT"],
    orAsks: /Microsoft/,
    ...whole,
  },
  {
    id: "misspelt-nvidia",
    request: "i need an analysis for nvida",
    symbols: ["NVDA"],
    orAsks: /Nvidia/i,
    ...whole,
  },
  { id: "signals-only", request: "Alphabet: signals only, no portfolio", symbols: ["GOOGL"], ...alpha },
  {
    id: "drawdowns-and-var",
    request: "Please examine the drawdowns and value at risk of Exxon Mobil and Chevron",
    symbols: ["CVX", "XOM"],
    ...risk,
  },
  { id: "dollar-sign", request: "$GE outlook", symbols: ["GE"], ...whole },
  { id: "one-letter-ticker", request: "Look at V and VZ", symbols: ["V", "VZ"], ...whole },
  {
    id: "safe-stock",
    request: "Is Pfizer a safe stock?",
    symbols: ["PFE"],
    calls: risk.calls,
    never: NO_MORE,
  },
  { id: "ampersand-in-name", request: "tell me about Johnson & Johnson", symbols: ["JNJ"], ...whole },
  { id: "the-index", request: "Analyze the index SIM500", symbols: ["SIM500"], ...whole },
  { id: "text-message", request: "can u chk amzn 4 me", symbols: ["AMZN"], ...whole },
  {
    id: "inherited",
    request:
      "Good morning! I inherited some Procter & Gamble and Home Depot shares from my grandmother. Could you tell me how they look at the moment?",
    symbols: ["HD", "PG"],
    ...whole,
  },
  { id: "stress-test", request: "Stress test Caterpillar", symbols: ["CAT"], ...risk },
  { id: "beta", request: "What is UnitedHealth's beta?", symbols: ["UNH"], ...risk },
];
