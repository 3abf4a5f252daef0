import { expect, it } from "vitest";
import { parametricExpectedShortfall } from "./expected-shortfall.ts";
import { mean, sampleDeviation } from "./moments.ts";
import { normalQuantile } from "./normal.ts";
import { quantile } from "./quantile.ts";
import { historicalValueAtRisk, parametricValueAtRisk } from "./value-at-risk.ts";

// Python 3's statistics.NormalDist().inv_cdf.
it.each([
  [0.5, 0],
  [0.95, 1.6448536269514715],
  [0.99, 2.3263478740408408],
  [0.999, 3.090232306167813],
  [0.8, 0.8416212335729144],
  [0.3, -0.5244005127080407],
  [1e-6, -4.753424308822899],
])("the normal quantile of %s", (probability, expected) => {
  expect(normalQuantile(probability)).toBeCloseTo(expected, 12);
});

it("the quantile interpolates as numpy does", () => {
  // numpy.quantile([3, 1, 4, 2], [0, 0.1, 0.5, 1]) = [1, 1.3, 2.5, 4]
  const values = Float64Array.of(3, 1, 4, 2);
  expect(quantile(values, 0)).toBe(1);
  expect(quantile(values, 0.1)).toBeCloseTo(1.3, 12);
  expect(quantile(values, 0.5)).toBe(2.5);
  expect(quantile(values, 1)).toBe(4);
});

it("parametric VaR and ES at 95% are 1.645 and 2.063 deviations less the mean", () => {
  const returns = Float64Array.of(0.01, -0.02, 0.005, -0.015, 0.02, -0.01, 0.0, 0.012);
  const centre = mean(returns);
  const deviation = sampleDeviation(returns);
  expect(parametricValueAtRisk(returns, 0.95)).toBeCloseTo(1.6448536 * deviation - centre, 8);
  // Expected value of the worst 5% of a normal: density(1.645) / 0.05 = 0.10313564 / 0.05.
  expect(parametricExpectedShortfall(returns, 0.95)).toBeCloseTo(2.0627128 * deviation - centre, 7);
});

it("a VaR that would be a gain is 0, and one return is too few", () => {
  expect(historicalValueAtRisk(Float64Array.of(0.01, 0.02, 0.03), 0.95)).toBe(0);
  expect(parametricValueAtRisk(Float64Array.of(0.01), 0.95)).toEqual({
    absent: "A value at risk needs two returns.",
  });
});
