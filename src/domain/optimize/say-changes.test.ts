import { expect, it } from "vitest";
import { policyChanges } from "./policy-changes.ts";
import { sayChanges } from "./say-changes.ts";

it("says what changed, and at the end what went", () => {
  const factors = [
    { name: "momentum", lookbackBars: 126, weight: 0.3 },
    { name: "trend", lookbackBars: 63, weight: 0.25 },
  ];
  const from = { factors, combination: "blend", caps: null };
  const to = {
    factors: [
      { name: "trend", lookbackBars: 42, weight: 0.25 },
      { name: "reversal", lookbackBars: 42, weight: 1 },
    ],
    combination: "cross-section",
    caps: 0.2,
  };
  expect(sayChanges(policyChanges(from, to))).toEqual([
    "trend.lookbackBars 63 -> 42",
    "reversal: lookbackBars 42, weight 1",
    "combination blend -> cross-section",
    "caps: 0.2",
    "without momentum",
  ]);
});
