import { expect, it } from "vitest";
import { readOptimising } from "./optimising.ts";
import { requestOf } from "./follow-up.ts";

it.each([
  ["Improve the alpha agent on AAPL and KO to a Sharpe ratio of 1", "alpha", "sharpe", 1],
  ["Rewrite the alpha prompt; target 0.8", "alpha", "sharpe", 0.8],
  ["Improve the alpha agent to Sharpe > 1.2", "alpha", "sharpe", 1.2],
  ["Tune the agents' prompts over the last 5 years to a sortino of at least 1.5", undefined, "sortino", 1.5],
  ["Optimise the portfolio agent's policy, calmar above 0.5", "portfolio", "calmar", 0.5],
  ["Improve the risk agent so that the drawdown stays within 10%", "risk", "maxDrawdown", -0.1],
  ["Improve the risk agent to a max drawdown of -15%", "risk", "maxDrawdown", -0.15],
  ["Calibrate the instructions to an annual return of 12%", undefined, "annualReturn", 0.12],
  // None is named: neither a year nor a period is one.
  ["Rewrite the alpha prompt on AAPL from 2015 to 2024", "alpha", "sharpe", undefined],
  ["Improve the risk agent over 5 years", "risk", "sharpe", undefined],
  ["Optimise the alpha and the risk agents", undefined, "sharpe", undefined],
] as const)("%s", (text, agent, metric, target) => {
  const { agent: whose, target: to, ...rest } = readOptimising(text) ?? {};
  expect([whose, to, rest]).toEqual([agent, target, { metric }]);
});

it("a word in the place of an agent's name that is none is not passed over", () => {
  expect(readOptimising("Improve the alfa agent to a Sharpe ratio of 1")).toMatchObject({
    unknownAgent: "alfa",
  });
  expect(readOptimising("Rewrite the data agent")).toMatchObject({ unknownAgent: "data" });
  for (const named of ["the risk agent", "your agents", "the worst agent", "the signal agent's prompt"])
    expect(readOptimising(`Improve ${named}`)).not.toHaveProperty("unknownAgent");
});

it.each([
  "Tune the sma parameters on AAPL",
  "Find the best parameters",
  "Improve AAPL",
  "Optimal portfolio of KO",
])("no prompt is meant: %s", (text) => {
  expect(readOptimising(text)).toBeUndefined();
});

it("symbols, whatever they are called, and the period belong to it", () => {
  const wish = "Improve the alpha agent on P01, P02 and KO since 2018 to a Sharpe ratio of 1";
  expect(requestOf([wish], undefined)).toMatchObject({
    symbols: ["P01", "P02", "KO"],
    period: { from: "2018-01-01" },
    optimising: { agent: "alpha", metric: "sharpe", target: 1 },
    notes: [],
  });
  // The next message is a request of its own kind.
  expect(requestOf([wish, "and with PEP added?"], undefined)).not.toHaveProperty("optimising");
});
