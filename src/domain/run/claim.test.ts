import { describe, expect, it } from "vitest";
import { claimProblems } from "./claim.ts";

const computed = {
  level: "MODERATE",
  volatility: 0.284_512,
  beta: null,
  signals: [
    { symbol: "AAPL", score: 0.412_345, direction: "long", evidence: [] },
    { symbol: "MSFT", score: -0.05, direction: "neutral", evidence: [] },
  ],
  weights: { AAPL: 0.4 },
  summary: "computed",
};

describe("a model's claim", () => {
  it("holds where it is the computed report, rounded, in part, and in any order", () => {
    const claim = {
      level: "MODERATE",
      volatility: 0.285,
      beta: null,
      signals: [
        { symbol: "MSFT", score: -0.05, direction: "neutral" },
        { symbol: "AAPL", score: 0.412, direction: "long" },
      ],
      weights: { AAPL: 0.4 },
      summary: "other words",
    };
    expect(claimProblems(claim, computed)).toEqual([]);
  });

  it.each([
    [{ volatility: 0.2 }, "volatility is 0.2, but 0.284512 was computed."],
    [{ volatility: 0.288 }, "volatility is 0.288, but 0.284512 was computed."],
    [{ level: "LOW" }, 'level is "LOW", but "MODERATE" was computed.'],
    [{ beta: 1 }, "beta is 1, but null was computed."],
    [{ weights: { NVDA: 0.1 } }, "weights.NVDA is 0.1, but null was computed."],
    [
      { signals: [computed.signals[0], { symbol: "MSFT", score: 0.4 }] },
      "signals.MSFT.score is 0.4, but -0.05 was computed.",
    ],
    [
      { signals: [computed.signals[1], { symbol: "TSLA" }] },
      'signals has "TSLA", but AAPL, MSFT were computed.',
    ],
    [{ signals: [computed.signals[0]] }, "signals has 1 entries, but 2 were computed."],
  ])("is refused where a figure differs: %j", (claim, problem) => {
    expect(claimProblems(claim, computed)).toEqual([problem]);
  });
});
