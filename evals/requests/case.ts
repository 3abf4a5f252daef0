import type { Constraints } from "../../src/domain/policy/constraints.ts";
import type { WeightingMethod } from "../../src/domain/policy/portfolio.ts";

export type Call =
  | "list_symbols"
  | "fetch_market_data"
  | "ask_alpha_agent"
  | "ask_risk_agent"
  | "ask_portfolio_agent"
  | "run_backtest"
  | "recall";

/** One request as a person may write it, with what a reasonable person would want of it. What is left out is not judged. */
export interface RequestCase {
  readonly id: string;
  readonly request: string;
  /** Exactly these; `all`: every company that the source lists, with or without the index. */
  readonly symbols?: readonly string[] | "all";
  /** First and last day. */
  readonly window?: Window;
  /** In the currency of the prices. */
  readonly capital?: number;
  /** Exactly these: none is lost and none is made up. */
  readonly constraints?: Constraints;
  readonly method?: WeightingMethod;
  readonly strategy?: { readonly name: string; readonly params?: Readonly<Record<string, number>> };
  readonly calls?: readonly Call[];
  readonly never?: readonly Call[];
  /** A task that is done exactly where this holds of what the agents found. */
  readonly onlyWhere?: Condition;
  readonly status?: "done" | "question" | "failed" | "question or failed";
  /** Asking back is as good as doing it where the question says this: a slip of the pen can be read in two ways. */
  readonly orAsks?: RegExp;
  /** What the answer has to tell, in whatever words. */
  readonly says?: RegExp;
}

export interface Window {
  readonly from: string;
  readonly to: string;
  /** Days by which each end may lie further in; default 4, as a long weekend has. */
  readonly slackDays?: number;
  /** The start is the reader's choice. */
  readonly anyStart?: boolean;
}

export interface Condition {
  readonly task: "portfolio" | "backtest";
  readonly where: "risk is not HIGH" | "risk is LOW" | "a signal is positive" | "volatility is at most";
  /** Of `volatility is at most`: annual, a fraction. */
  readonly bound?: number;
}

/** Nothing later is looked at: a Monday, the last day of its month, quarter and half-year, and a session. */
export const AS_OF = "2025-06-30";

/** The parts of the work as cases name them. */
export const LOOK: readonly Call[] = ["fetch_market_data", "ask_alpha_agent", "ask_risk_agent"];
export const BUILD: readonly Call[] = [...LOOK, "ask_portfolio_agent"];
export const TEST: readonly Call[] = ["fetch_market_data", "run_backtest"];
export const NO_MORE: readonly Call[] = ["ask_portfolio_agent", "run_backtest"];
export const NOTHING: readonly Call[] = [
  "fetch_market_data",
  "ask_alpha_agent",
  "ask_risk_agent",
  "ask_portfolio_agent",
  "run_backtest",
];
