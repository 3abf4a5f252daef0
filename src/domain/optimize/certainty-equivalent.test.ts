import { expect, it } from "vitest";
import { certaintyEquivalent } from "./certainty-equivalent.ts";

it("is the mean less half the risk aversion times the variance, a year", () => {
  // Mean 0.005, squares of what deviates from it (25 + 225 + 225 + 25) x 10^-6, over 3.
  const returns = Float64Array.of(0.01, -0.01, 0.02, 0);
  expect(certaintyEquivalent(returns, 252)).toBeCloseTo(252 * (0.005 - 2.5 * (0.0005 / 3)), 12);
  expect(certaintyEquivalent(new Float64Array(0), 252)).toBe(0);
});
