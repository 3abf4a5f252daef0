import { describe, expect, it } from "vitest";
import { RequestText } from "./request-text.ts";
import { asksForScreen, readScreening } from "./screening.ts";

const read = (text: string) => readScreening(new RequestText(text));

describe("asksForScreen", () => {
  it.each([
    "Screen for momentum stocks",
    "which stocks look strongest?",
    "find the best stocks",
    "rank them",
    "top 5",
    "the top 10 stocks",
    "suggest some names with low risk",
    "scan the market",
    "what should I invest in?",
    "the biggest gainers",
    "the safest stocks",
  ])("%s", (text) => {
    expect(asksForScreen(new RequestText(text))).toBe(true);
  });

  it.each([
    "analyze ¦",
    "propose a portfolio",
    "backtest it",
    "what stocks do you have?",
    "which stocks can you analyse?",
  ])("not: %s", (text) => {
    expect(asksForScreen(new RequestText(text))).toBe(false);
  });
});

describe("readScreening", () => {
  it.each([
    ["top 5 stocks", { top: 5 }],
    ["the best three names", { top: 3 }],
    ["3 strongest stocks", { top: 3 }],
    ["screen for low risk stocks", { lowRisk: true }],
    ["the safest stocks", { by: "volatility", best: true }],
    ["rank by volatility", { by: "volatility" }],
    ["the most volatile stocks", { by: "volatility", best: false }],
    ["rank by return", { by: "change" }],
    ["best performing stocks", { by: "change", best: true }],
    ["the biggest losers", { by: "change", best: false }],
    ["weakest stocks", { by: "score", best: false }],
    ["strongest stocks", { by: "score", best: true }],
    ["stocks with volatility below 25%", { filters: [{ about: "volatility", than: "below", value: 0.25 }] }],
    ["stocks with a positive signal", { filters: [{ about: "signal", is: "positive" }] }],
    ["stocks whose beta is below 1", { filters: [{ about: "beta", than: "below", value: 1 }] }],
  ])("%s", (text, expected) => {
    expect(read(text)).toMatchObject(expected);
  });
});
