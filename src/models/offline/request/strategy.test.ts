import { describe, expect, it } from "vitest";
import { RequestText } from "./request-text.ts";
import { type NamedStrategy, readStrategies } from "./strategy.ts";

const sma = (fast?: number, slow?: number): NamedStrategy => ({
  name: "sma-cross",
  params: fast === undefined || slow === undefined ? {} : { fast, slow },
});

describe("readStrategies", () => {
  it.each<[string, NamedStrategy]>([
    ["backtest sma cross 10/30 on AAPL", sma(10, 30)],
    ["sma crossover (20, 50)", sma(20, 50)],
    ["SMA-cross with 10 and 30", sma(10, 30)],
    ["a 50/200 day moving average crossover", sma(50, 200)],
    ["30/10 sma cross", sma(10, 30)],
    ["moving average cross with fast 10 and slow 30", sma(10, 30)],
    ["sma cross fast=5 slow=20", sma(5, 20)],
    ["a crossover of the 10- and 30-day averages", sma(10, 30)],
    ["the golden cross", sma(50, 200)],
    ["an sma cross", sma()],
    ["moving average crossover strategy", sma()],
    ["ema cross 12/26", { name: "ema-cross", params: { fast: 12, slow: 26 } }],
    ["exponential moving average crossover", { name: "ema-cross", params: {} }],
    ["sma cross 10/30, long only", { name: "sma-cross", params: { fast: 10, slow: 30, short: false } }],
    ["sma cross 10/30 long and short", { name: "sma-cross", params: { fast: 10, slow: 30, short: true } }],
    ["buy and hold", { name: "buy-and-hold", params: {} }],
    ["buy-and-hold", { name: "buy-and-hold", params: {} }],
    ["backtest RSI 14 30/70", { name: "rsi-reversal", params: { period: 14, oversold: 30, overbought: 70 } }],
    ["backtest rsi 30/70", { name: "rsi-reversal", params: { oversold: 30, overbought: 70 } }],
    ["backtest an RSI strategy", { name: "rsi-reversal", params: {} }],
    ["backtest rsi-reversal", { name: "rsi-reversal", params: {} }],
    ["a momentum strategy", { name: "momentum-rank", params: {} }],
    ["backtest equal weight", { name: "equal-weight", params: {} }],
    ["the macd strategy", { name: "macd", params: {} }],
    ["backtest a MACD crossover", { name: "macd", params: {} }],
    ["backtest bollinger reversal", { name: "bollinger-reversal", params: {} }],
    ["the Bollinger bands strategy", { name: "bollinger-reversal", params: {} }],
    ["backtest a Donchian channel breakout", { name: "donchian-breakout", params: {} }],
    ["backtest the turtle system", { name: "donchian-breakout", params: {} }],
    ["backtest pairs trading", { name: "pairs", params: {} }],
    ["a low-volatility strategy", { name: "low-volatility", params: {} }],
    ["the volatility targeting strategy", { name: "volatility-target", params: {} }],
    ["backtest the mean reversion strategy", { name: "mean-reversion", params: {} }],
    ["backtest a foo strategy", { name: "foo", params: {} }],
  ])("%s", (text, strategy) => {
    expect(readStrategies(new RequestText(text))).toEqual([strategy]);
  });

  it.each([
    "backtest AAPL",
    "backtest your own strategy",
    "backtest that strategy",
    "what is the momentum of AAPL",
    "check the RSI",
    "an equal weight portfolio",
    "at most 10 names",
    "backtest a portfolio with low volatility",
    "backtest AAPL with a volatility target of 10%",
  ])("names none: %s", (text) => {
    expect(readStrategies(new RequestText(text))).toEqual([]);
  });
});
