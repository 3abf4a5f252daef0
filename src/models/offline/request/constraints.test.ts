import { describe, expect, it } from "vitest";
import type { Constraints } from "../../../domain/policy/constraints.ts";
import { readConstraints } from "./constraints.ts";
import { RequestText } from "./request-text.ts";

const read = (text: string) => readConstraints(new RequestText(text));

describe("readConstraints", () => {
  it.each<[string, Constraints]>([
    ["long only", { longOnly: true }],
    ["a long-only portfolio", { longOnly: true }],
    ["no shorts", { longOnly: true }],
    ["without short selling", { longOnly: true }],
    ["don't short", { longOnly: true }],
    ["at most 20% per name", { maxWeight: 0.2 }],
    ["max 10% each", { maxWeight: 0.1 }],
    ["no more than 25 percent in any one stock", { maxWeight: 0.25 }],
    ["maximum weight 15%", { maxWeight: 0.15 }],
    ["max position size of 12.5%", { maxWeight: 0.125 }],
    ["no position above 30%", { maxWeight: 0.3 }],
    ["no single stock over 5%", { maxWeight: 0.05 }],
    ["20% cap per name", { maxWeight: 0.2 }],
    ["cap each name at 20%", { maxWeight: 0.2 }],
    ["positions capped at 8%", { maxWeight: 0.08 }],
    ["no more than 5 stocks", { maxNames: 5 }],
    ["at most three names", { maxNames: 3 }],
    ["max 10 positions", { maxNames: 10 }],
    ["4 stocks at most", { maxNames: 4 }],
    ["keep 10% cash", { minCash: 0.1 }],
    ["keep at least 5% in cash", { minCash: 0.05 }],
    ["with a 15% cash buffer", { minCash: 0.15 }],
    ["hold 20% as cash", { minCash: 0.2 }],
    ["single-name limit 20%", { maxWeight: 0.2 }],
    ["cap each at 15 pct", { maxWeight: 0.15 }],
    ["cap at 20%", { maxWeight: 0.2 }],
    ["maximum weight of 0.2", { maxWeight: 0.2 }],
    ["nothing over 20%", { maxWeight: 0.2 }],
    ["don't put more than a fifth in any stock", { maxWeight: 0.2 }],
    ["no position above 1/5", { maxWeight: 0.2 }],
    ["keep at least half in cash", { minCash: 0.5 }],
    ["increase cash to 30%", { minCash: 0.3 }],
    ["invest only 40%", { minCash: 0.6 }],
    ["max 30% cash", {}],
    ["min 30% each", {}],
    ["low risk", { riskAppetite: "low" }],
    ["low-risk", { riskAppetite: "low" }],
    ["conservative please", { riskAppetite: "low" }],
    ["I am risk-averse", { riskAppetite: "low" }],
    ["safer", { riskAppetite: "low" }],
    ["moderate risk", { riskAppetite: "moderate" }],
    ["a balanced portfolio", { riskAppetite: "moderate" }],
    ["aggressive", { riskAppetite: "high" }],
    ["high risk", { riskAppetite: "high" }],
    ["more risk", { riskAppetite: "high" }],
    ["nothing of the kind", {}],
    ["Is AAPL low risk?", {}],
    ["How high risk is TSLA?", {}],
    [
      "long only, at most 20% per name, no more than 5 stocks, keep 10% cash, conservative",
      { longOnly: true, maxWeight: 0.2, maxNames: 5, minCash: 0.1, riskAppetite: "low" },
    ],
  ])("%s", (text, constraints) => {
    expect(read(text).constraints).toEqual(constraints);
  });

  it.each(["at most 150% per name", "max 0% each", "at most 0 stocks", "keep 120% cash"])(
    "asks back: %s",
    (text) => {
      expect(read(text).problem).toBeDefined();
    },
  );

  it.each([
    ["max drawdown of 10%", "drawdown"],
    ["keep the drawdown under 15%", "drawdown"],
    ["target volatility of 12%", "volatility"],
    ["with a stop loss at 5%", "Stops"],
    ["with 2x exposure", "Leverage"],
    ["allow shorting", "not loosen"],
    ["sector limits", "Sector"],
  ])("says that it cannot be set: %s", (text, word) => {
    const { unsupported, constraints } = read(text);
    expect(unsupported.join(" ")).toContain(word);
    expect(constraints).toEqual({});
  });
});
