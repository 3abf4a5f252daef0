import { expect, it } from "vitest";
import { tierRate } from "./commission-tiers.ts";
import { commission } from "./commission.ts";
import { interest, interestYears } from "./interest.ts";
import { MOST_IMPACT, squareRootImpact } from "./square-root-impact.ts";

it("charges the rate on the notional", () => {
  expect(commission(20_000, 0.0005)).toBeCloseTo(10, 12);
  expect(commission(20_000, 0)).toBe(0);
});

it("charges per share beside the rate, and at least the minimum", () => {
  // As Interactive Brokers charged US stocks: 0.005 a share, at least 1.
  expect(commission(20_000, 0, 300, 0.005, 1)).toBeCloseTo(1.5, 12);
  expect(commission(2_000, 0, 100, 0.005, 1)).toBe(1);
  expect(commission(20_000, 0.0005, 300, 0.005, 1)).toBeCloseTo(11.5, 12);
});

it("finds the tier that was reached", () => {
  const tiers = [
    { fromNotional: 1000, rate: 0.002 },
    { fromNotional: 5000, rate: 0.001 },
  ];
  expect([0, 999, 1000, 4999, 5000, 1e9].map((traded) => tierRate(traded, 0.003, tiers))).toEqual([
    0.003, 0.003, 0.002, 0.002, 0.001, 0.001,
  ]);
});

it("moves the price by the root of the share of the volume, up to a half", () => {
  expect(squareRootImpact(1, 0.02, 100, 10_000)).toBeCloseTo(0.002, 15);
  expect(squareRootImpact(0.5, 0.02, 400, 10_000)).toBeCloseTo(0.002, 15);
  expect(squareRootImpact(10, 0.5, 10_000, 1)).toBe(MOST_IMPACT);
});

it("runs by the days of the calendar", () => {
  expect(interest(1000, 0.0365, interestYears(86_400_000))).toBeCloseTo(0.1, 12);
  expect(interest(1000, 0.05, interestYears(365 * 86_400_000))).toBeCloseTo(50, 12);
});
