import { describe, expect, it } from "vitest";
import { readMethods } from "./method.ts";
import { RequestText } from "./request-text.ts";

describe("readMethods", () => {
  it.each([
    ["risk parity", "risk-parity"],
    ["a risk-parity portfolio", "risk-parity"],
    ["equal risk contribution", "risk-parity"],
    ["HRP", "hierarchical-risk-parity"],
    ["hierarchical risk parity", "hierarchical-risk-parity"],
    ["minimum variance", "minimum-variance"],
    ["min variance", "minimum-variance"],
    ["minimum volatility", "minimum-variance"],
    ["minimize the variance", "minimum-variance"],
    ["max sharpe", "maximum-sharpe"],
    ["maximum Sharpe ratio", "maximum-sharpe"],
    ["maximise the sharpe ratio", "maximum-sharpe"],
    ["tangency portfolio", "maximum-sharpe"],
    ["inverse volatility", "inverse-volatility"],
    ["inverse-vol weights", "inverse-volatility"],
    ["equal weight", "equal-weight"],
    ["equally weighted", "equal-weight"],
    ["split it equally", "equal-weight"],
    ["1/n", "equal-weight"],
  ])("%s", (text, method) => {
    expect(readMethods(new RequestText(text))).toEqual([method]);
  });

  it("reads two as two and none as none", () => {
    expect(readMethods(new RequestText("risk parity or HRP"))).toEqual([
      "hierarchical-risk-parity",
      "risk-parity",
    ]);
    expect(readMethods(new RequestText("a portfolio with low volatility"))).toEqual([]);
  });
});
