import { describe, expect, it } from "vitest";
import type { Predicate } from "../request/condition.ts";
import { judge } from "./evaluate.ts";
import type { Results } from "./results.ts";

const results: Results = {
  alpha: {
    signals: [
      { symbol: "A", score: 0.4, direction: "long", confidence: 0.8 },
      { symbol: "B", score: -0.2, direction: "short", confidence: 0.5 },
    ],
  },
  risk: {
    level: "MODERATE",
    volatility: 0.3,
    valueAtRisk: { historical: 0.03 },
    expectedShortfall: { historical: null },
    maxDrawdown: -0.25,
    currentDrawdown: -0.1,
    beta: { value: 1.2 },
  },
};

describe("judge", () => {
  it.each<[Predicate, boolean]>([
    [{ about: "risk", levels: ["MODERATE"] }, true],
    [{ about: "risk", levels: ["LOW", "MODERATE"] }, true],
    [{ about: "risk", levels: ["HIGH"] }, false],
    [{ about: "signal", is: "positive" }, true],
    [{ about: "signal", is: "long" }, true],
    [{ about: "signal", is: "negative" }, false],
    [{ about: "signal", is: "short" }, false],
    [{ about: "signal", is: "neutral" }, false],
    [{ about: "volatility", than: "above", value: 0.29 }, true],
    [{ about: "volatility", than: "above", value: 0.3 }, false],
    [{ about: "volatility", than: "below", value: 0.31 }, true],
    [{ about: "valueAtRisk", than: "above", value: 0.02 }, true],
    [{ about: "maxDrawdown", than: "above", value: 0.2 }, true],
    [{ about: "currentDrawdown", than: "above", value: 0.2 }, false],
    [{ about: "beta", than: "below", value: 1.3 }, true],
    [{ about: "score", than: "above", value: 0.3 }, true],
    [{ about: "score", than: "below", value: 0.3 }, false],
    [{ about: "confidence", than: "above", value: 0.9 }, false],
  ])("%j is %s", (predicate, true_) => {
    expect(judge([{ task: "portfolio", predicate, holds: true }], results).met).toBe(true_);
    expect(judge([{ task: "portfolio", predicate, holds: false }], results).met).toBe(!true_);
  });

  it("lets nothing through without its figure, whichever way the condition goes", () => {
    const predicate: Predicate = { about: "expectedShortfall", than: "above", value: 0.01 };
    for (const holds of [true, false]) {
      const judgement = judge([{ task: "portfolio", predicate, holds }], results);
      expect(judgement.met).toBe(false);
      expect(judgement.found).toContain("cannot be judged");
    }
  });

  it("wants all conditions met, and says what it found", () => {
    const low: Predicate = { about: "risk", levels: ["LOW"] };
    const positive: Predicate = { about: "signal", is: "positive" };
    const judgement = judge(
      [
        { task: "portfolio", predicate: positive, holds: true },
        { task: "portfolio", predicate: low, holds: true },
      ],
      results,
    );
    expect(judgement).toEqual({ met: false, found: "risk is MODERATE" });
    expect(judge([], {}).met).toBe(true);
  });
});
