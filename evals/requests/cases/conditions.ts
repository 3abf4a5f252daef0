import { LOOK, type RequestCase } from "../case.ts";

const looks = { calls: LOOK, status: "done" } as const;
const notHigh = { onlyWhere: { task: "portfolio", where: "risk is not HIGH" } } as const;

/** Work that turns on what the agents find: both ways of each condition are in the suite of trajectories. */
export const CONDITIONS: readonly RequestCase[] = [
  {
    id: "if-high-skip",
    request: "Fetch data for NVDA, check alpha, but if risk is high, skip portfolio construction",
    symbols: ["NVDA"],
    ...looks,
    ...notHigh,
  },
  {
    id: "only-if-low",
    request: "Propose a portfolio of AAPL and JPM only if risk is low",
    symbols: ["AAPL", "JPM"],
    onlyWhere: { task: "portfolio", where: "risk is LOW" },
    ...looks,
  },
  {
    id: "unless-high",
    request: "Analyze KO and propose a portfolio unless risk is high",
    symbols: ["KO"],
    ...looks,
    ...notHigh,
  },
  {
    id: "too-risky",
    request: "analyze TSLA; if it's too risky don't build a portfolio",
    symbols: ["TSLA"],
    ...looks,
    ...notHigh,
  },
  {
    id: "as-long-as",
    request: "Build a portfolio of PG and JNJ as long as the risk is acceptable",
    symbols: ["JNJ", "PG"],
    ...looks,
    ...notHigh,
  },
  {
    id: "if-positive",
    request: "if the signal is positive propose a portfolio of MSFT",
    symbols: ["MSFT"],
    onlyWhere: { task: "portfolio", where: "a signal is positive" },
    ...looks,
  },
  {
    id: "volatility-above",
    request: "If AAPL's volatility is above 80% skip the portfolio, otherwise propose one",
    symbols: ["AAPL"],
    onlyWhere: { task: "portfolio", where: "volatility is at most", bound: 0.8 },
    ...looks,
  },
  {
    id: "volatility-never-so-low",
    request: "Propose a portfolio of WMT if its volatility is below 1%",
    symbols: ["WMT"],
    onlyWhere: { task: "portfolio", where: "volatility is at most", bound: 0.01 },
    ...looks,
  },
  {
    id: "terse-stop",
    request: "check risk of GE and MSFT. if high stop. else portfolio with 20k",
    symbols: ["GE", "MSFT"],
    calls: ["fetch_market_data", "ask_risk_agent"],
    status: "done",
    ...notHigh,
  },
  {
    id: "backtest-if",
    request: "Analyze META and only backtest it if risk is not high",
    symbols: ["META"],
    never: ["ask_portfolio_agent"],
    onlyWhere: { task: "backtest", where: "risk is not HIGH" },
    ...looks,
  },
  {
    id: "should-it-come-out",
    request: "Look at AMZN. Should risk come out moderate or low, propose a portfolio",
    symbols: ["AMZN"],
    ...looks,
    ...notHigh,
  },
  {
    id: "stop-before",
    request:
      "Propose a portfolio of JPM and XOM but stop before portfolio construction if the risk level is HIGH",
    symbols: ["JPM", "XOM"],
    ...looks,
    ...notHigh,
  },
];
