import { expect, it } from "vitest";
import { policyChanges } from "./policy-changes.ts";

const momentum = { name: "momentum", lookbackBars: 126, weight: 0.5 };
const trend = { name: "trend", lookbackBars: 63, weight: 0.5 };

it("names the fields that changed, factors by their names and wherever they stand", () => {
  const from = { factors: [momentum, trend], threshold: 0.1, exposure: { LOW: 1, HIGH: 0.3 } };
  const reversal = { name: "reversal", lookbackBars: 42, weight: 1 };
  const to = {
    factors: [reversal, { ...momentum, weight: -0.5 }],
    threshold: 0.1,
    exposure: { LOW: 1, HIGH: 0.2 },
  };
  expect(policyChanges(from, to)).toEqual([
    { field: "factors.momentum.weight", from: 0.5, to: -0.5 },
    { field: "factors.trend", from: { lookbackBars: 63, weight: 0.5 }, to: null },
    { field: "factors.reversal", from: null, to: { lookbackBars: 42, weight: 1 } },
    { field: "exposure.HIGH", from: 0.3, to: 0.2 },
  ]);
});

it("tells a factor's second look-back from its first, and nothing of an order that changed", () => {
  const from = { factors: [momentum, trend] };
  expect(policyChanges(from, { factors: [trend, momentum] })).toEqual([]);
  const twice = { factors: [momentum, { ...momentum, lookbackBars: 21 }, trend] };
  expect(policyChanges(from, twice)).toEqual([
    { field: "factors.momentum#2", from: null, to: { lookbackBars: 21, weight: 0.5 } },
  ]);
});
