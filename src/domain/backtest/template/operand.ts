export const PRICES = ["open", "high", "low", "close", "volume"] as const;

export type Price = (typeof PRICES)[number];

/** Indicators of one column and one period. */
export const SIMPLE = [
  "sma",
  "ema",
  "wma",
  "rsi",
  "highest",
  "lowest",
  "rate-of-change",
  "standard-deviation",
  "z-score",
] as const;

export type Simple = (typeof SIMPLE)[number];

/** A number, or `$name` for a parameter's value. */
export type Count = number | string;

/** What a condition compares: a number, a price, `$name`, or an indicator. */
export type Operand = number | string | IndicatorOperand;

/** An indicator, or a price, `ago` bars before. */
export type IndicatorOperand = { readonly ago: Count } & (
  | { readonly indicator: "price"; readonly of: Price }
  | { readonly indicator: Simple; readonly of: Operand; readonly period: Count }
  | MacdOperand
  | BollingerOperand
  | StochasticOperand
  | { readonly indicator: "adx"; readonly period: Count; readonly line: "adx" | "plus-di" | "minus-di" }
  | { readonly indicator: "atr" | "cci" | "mfi" | "williams-r"; readonly period: Count }
  | { readonly indicator: "obv" | "true-range" | "vwap" }
);

interface MacdOperand {
  readonly indicator: "macd";
  readonly of: Operand;
  readonly fast: Count;
  readonly slow: Count;
  readonly signal: Count;
  readonly line: "macd" | "signal" | "histogram";
}

interface BollingerOperand {
  readonly indicator: "bollinger-bands";
  readonly of: Operand;
  readonly period: Count;
  readonly width: Count;
  readonly line: "upper" | "middle" | "lower";
}

interface StochasticOperand {
  readonly indicator: "stochastic";
  readonly channel: Count;
  readonly k: Count;
  readonly d: Count;
  readonly line: "k" | "d";
}
