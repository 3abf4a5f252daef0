interface Asked {
  readonly id: string;
  readonly request: string;
  readonly asOf: string;
  readonly symbols: readonly string[];
}

/** A question with figures that can be computed from the bars alone. */
export type NumbersCase =
  | (Asked & {
      readonly kind: "window";
      readonly from: string;
      readonly to: string;
      readonly asked: readonly WindowFigure[];
    })
  | (Asked & {
      readonly kind: "risk";
      readonly weights: readonly number[];
      readonly asked: readonly RiskFigure[];
    })
  | (Asked & { readonly kind: "portfolio"; readonly capital: number })
  | (Asked & { readonly kind: "backtest"; readonly from: string; readonly to: string });

export type WindowFigure = "change" | "first" | "last" | "high" | "low" | "volatility" | "maxDrawdown";

export type RiskFigure = "volatility" | "valueAtRisk" | "maxDrawdown" | "currentDrawdown";

const window = (
  symbol: string,
  from: string,
  to: string,
  words: string,
  ...asked: readonly WindowFigure[]
): NumbersCase => ({
  id: `window-${symbol}-${from}`,
  kind: "window",
  request: words.replace("{}", symbol).replace("[]", `from ${from} to ${to}`),
  asOf: "2025-08-15",
  symbols: [symbol],
  from,
  to,
  asked,
});

const risk = (asOf: string, request: string, book: Readonly<Record<string, number>>): NumbersCase => ({
  id: `risk-${Object.keys(book).join("-")}-${asOf}`,
  kind: "risk",
  request,
  asOf,
  symbols: Object.keys(book),
  weights: Object.values(book),
  asked: ["volatility", "valueAtRisk", "maxDrawdown", "currentDrawdown"],
});

/** Whatever the market, the figures of a case are computed from its bars when it is run. */
export const NUMBERS_CASES: readonly NumbersCase[] = [
  window("AAPL", "2023-01-03", "2023-12-29", "How did {} do []?", "change", "first", "last"),
  window("MSFT", "2024-01-02", "2024-06-28", "What did {} return []?", "change"),
  // A ten for one split lies in this window.
  window(
    "NVDA",
    "2024-04-01",
    "2024-08-30",
    "What were the change and the largest drawdown of {} []?",
    "change",
    "maxDrawdown",
  ),
  window("JPM", "2022-10-03", "2023-03-31", "How volatile was {} []?", "volatility"),
  window("GOOGL", "2025-01-02", "2025-04-08", "How far did {} fall []?", "change", "low", "maxDrawdown"),
  window("AMZN", "2024-07-01", "2025-06-30", "What was the highest price of {} []?", "high"),
  risk("2025-04-08", "How risky is NVDA?", { NVDA: 1 }),
  risk("2024-12-31", "How risky are AAPL, MSFT and JPM together?", { AAPL: 1 / 3, MSFT: 1 / 3, JPM: 1 / 3 }),
  risk("2025-06-30", "How risky is 60% AAPL and 40% JPM?", { AAPL: 0.6, JPM: 0.4 }),
  risk("2023-10-27", "What is the value at risk of GOOGL?", { GOOGL: 1 }),
  {
    id: "portfolio-shares",
    kind: "portfolio",
    request: "Propose a portfolio of AAPL, MSFT, GOOGL, AMZN, NVDA and JPM with 75,000 dollars",
    asOf: "2024-06-28",
    symbols: ["AAPL", "MSFT", "GOOGL", "AMZN", "NVDA", "JPM"],
    capital: 75_000,
  },
  {
    id: "portfolio-small",
    kind: "portfolio",
    request: "Propose a portfolio of MSFT and JPM with 5,000 dollars",
    asOf: "2024-02-29",
    symbols: ["MSFT", "JPM"],
    capital: 5000,
  },
  {
    id: "backtest-crossover",
    kind: "backtest",
    request: "Backtest sma-cross on MSFT from 2023-01-03 to 2024-12-31",
    asOf: "2025-08-15",
    symbols: ["MSFT"],
    from: "2023-01-03",
    to: "2024-12-31",
  },
];

/** Whole windows whose figures others have published for the same files, where those are there. */
export const PUBLISHED_SYMBOLS = ["AAPL", "MSFT", "GOOGL", "AMZN", "NVDA", "JPM"] as const;
