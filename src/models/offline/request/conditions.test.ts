import { describe, expect, it } from "vitest";
import { type Condition, conditionText } from "./condition.ts";
import { readConditions } from "./conditions.ts";
import { RequestText } from "./request-text.ts";

const read = (text: string) => readConditions(new RequestText(text));
const portfolio = (predicate: Condition["predicate"], holds: boolean): Condition => ({
  task: "portfolio",
  predicate,
  holds,
});
const HIGH: Condition["predicate"] = { about: "risk", levels: ["HIGH"] };
const LOW: Condition["predicate"] = { about: "risk", levels: ["LOW"] };
const POSITIVE: Condition["predicate"] = { about: "signal", is: "positive" };

describe("readConditions", () => {
  it.each<[string, Condition]>([
    ["if risk is high, skip the portfolio", portfolio(HIGH, false)],
    ["but if risk is high, skip portfolio construction", portfolio(HIGH, false)],
    ["check the risk. if high, stop", portfolio(HIGH, false)],
    ["backtest it, but not if risk is high", { task: "backtest", predicate: HIGH, holds: false }],
    [
      "if the volatility of AAPL is above 30% skip the portfolio",
      portfolio({ about: "volatility", than: "above", value: 0.3 }, false),
    ],
    ["check the risk; if too high then no portfolio", portfolio(HIGH, false)],
    ["If the risk is HIGH then don't build a portfolio", portfolio(HIGH, false)],
    ["skip the portfolio if risk is high", portfolio(HIGH, false)],
    ["if the risk level is high, no portfolio", portfolio(HIGH, false)],
    ["when risk comes out high, stop there", portfolio(HIGH, false)],
    ["if it is too risky, skip the portfolio", portfolio(HIGH, false)],
    ["propose a portfolio unless risk is high", portfolio(HIGH, false)],
    ["unless risk is high, propose a portfolio", portfolio(HIGH, false)],
    ["propose a portfolio if risk is not high", portfolio(HIGH, false)],
    ["if risk is acceptable, propose a portfolio", portfolio(HIGH, false)],
    ["propose a portfolio if risk allows", portfolio(HIGH, false)],
    ["propose a portfolio only if risk is low", portfolio(LOW, true)],
    ["if risk is low, build a portfolio", portfolio(LOW, true)],
    ["a portfolio, provided that risk is low", portfolio(LOW, true)],
    ["a portfolio as long as the risk stays low", portfolio(LOW, true)],
    [
      "if risk is moderate or high, skip the portfolio",
      portfolio({ about: "risk", levels: ["MODERATE", "HIGH"] }, false),
    ],
    [
      "if risk is at least moderate, skip it",
      portfolio({ about: "risk", levels: ["MODERATE", "HIGH"] }, false),
    ],
    [
      "if risk is below high, propose a portfolio",
      portfolio({ about: "risk", levels: ["LOW", "MODERATE"] }, true),
    ],
    ["if alpha is positive, propose a portfolio", portfolio(POSITIVE, true)],
    ["if the signal is positive build a portfolio", portfolio(POSITIVE, true)],
    ["if the signal is bullish, invest", portfolio(POSITIVE, true)],
    ["if the signal is negative, skip the portfolio", portfolio({ about: "signal", is: "negative" }, false)],
    ["propose a portfolio only if the signal is long", portfolio({ about: "signal", is: "long" }, true)],
    [
      "if volatility is above 30%, skip the portfolio",
      portfolio({ about: "volatility", than: "above", value: 0.3 }, false),
    ],
    [
      "if the volatility exceeds 25 percent, skip the portfolio",
      portfolio({ about: "volatility", than: "above", value: 0.25 }, false),
    ],
    [
      "if vol is above 30, skip the portfolio",
      portfolio({ about: "volatility", than: "above", value: 0.3 }, false),
    ],
    [
      "if volatility is below 0.2, propose a portfolio",
      portfolio({ about: "volatility", than: "below", value: 0.2 }, true),
    ],
    [
      "if VaR is above 3%, skip the portfolio",
      portfolio({ about: "valueAtRisk", than: "above", value: 0.03 }, false),
    ],
    [
      "if the max drawdown is more than 20%, skip the portfolio",
      portfolio({ about: "maxDrawdown", than: "above", value: 0.2 }, false),
    ],
    [
      "if beta is above 1.5, skip the portfolio",
      portfolio({ about: "beta", than: "above", value: 1.5 }, false),
    ],
    [
      "if the score is above 0.3, build a portfolio",
      portfolio({ about: "score", than: "above", value: 0.3 }, true),
    ],
    ["if risk is high, don't backtest", { task: "backtest", predicate: HIGH, holds: false }],
    ["backtest it, but only if risk is low", { task: "backtest", predicate: LOW, holds: true }],
  ])("%s", (text, condition) => {
    const { conditions, unread } = read(text);
    expect(unread).toEqual([]);
    expect(conditions.find((one) => one.task === condition.task)).toEqual(condition);
  });

  it("governs portfolio and backtest where the rest shall stop", () => {
    expect(read("if risk is high, skip everything").conditions.map((one) => one.task)).toEqual([
      "portfolio",
      "backtest",
    ]);
  });

  it("reads the other branch", () => {
    expect(read("if the signal is positive build a portfolio, otherwise backtest it").conditions).toEqual([
      portfolio(POSITIVE, true),
      { task: "backtest", predicate: POSITIVE, holds: false },
    ]);
    expect(read("if risk is high, skip the portfolio, otherwise build one").conditions).toEqual([
      portfolio(HIGH, false),
    ]);
  });

  it("leaves the rest of the request standing", () => {
    const text = new RequestText("if risk is high, skip the portfolio, and backtest sma cross 10/30");
    readConditions(text);
    expect(text.rest).toContain("backtest sma cross 10/30");
    expect(text.rest).not.toContain("portfolio");
  });

  it.each([
    "if the moon is full, skip the portfolio",
    "unless rates rise, propose one",
    "sell if it falls below $200",
  ])("does not pass over what it cannot read: %s", (text) => {
    expect(read(text).unread).toHaveLength(1);
  });

  it.each(["if possible", "see if AAPL is any good", "tell me if it is a buy", "analyze AAPL"])(
    "no condition: %s",
    (text) => {
      expect(read(text)).toEqual({ conditions: [], unread: [] });
    },
  );

  it("prints a condition for the plan", () => {
    expect(conditionText(portfolio(HIGH, false))).toBe("only if risk is not HIGH");
    expect(conditionText(portfolio({ about: "volatility", than: "above", value: 0.3 }, false))).toBe(
      "only if the volatility is not above 30%",
    );
  });
});
