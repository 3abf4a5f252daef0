import { describe, expect, it } from "vitest";
import { beta } from "../../risk/beta.ts";
import { alpha } from "./alpha.ts";
import { captureRatios } from "./capture-ratio.ts";
import { centralMoments } from "./central-moments.ts";
import { downsideDeviation } from "./downside-deviation.ts";
import { informationRatio } from "./information-ratio.ts";
import { kurtosis } from "./kurtosis.ts";
import { omega } from "./omega.ts";
import { skewness } from "./skewness.ts";
import { stability } from "./stability.ts";
import { tailRatio } from "./tail-ratio.ts";

const column = (...values: number[]): Float64Array => Float64Array.from(values);

const returns = column(0.012, -0.004, 0.007, 0.021, -0.013, 0.002, 0.009, -0.006, 0.015, 0.001, -0.002, 0.03);
const market = column(0.01, -0.006, 0.004, 0.015, -0.02, 0, 0.012, -0.001, 0.008, -0.003, 0.002, 0.011);
const wealth = Float64Array.from({ length: 13 }, (_, i) =>
  returns.subarray(0, i).reduce((product, value) => product * (1 + value), 100),
);

/** Figures of numpy 2.4 and scipy 1.17 on the same columns; the risk-free rate is 5 % a year. */
describe("equals numpy and scipy", () => {
  it.each([
    ["skewness", skewness(centralMoments(returns)), 0.41197075982369175],
    ["kurtosis", kurtosis(centralMoments(returns)), 2.4884004884004884],
    ["omega", omega(returns, 252, 0.05), 3.7033065385542687],
    ["downside deviation", downsideDeviation(returns, 252, 0.05), 0.07022436489430565],
    ["tail ratio", tailRatio(returns), 2.737704918032787],
    ["stability", stability(wealth), 0.7739494565039354],
    ["information ratio", informationRatio(returns, market, 252), 8.285399535813195],
    ["beta", beta(returns, market), 1.074742268041237],
    ["alpha", alpha(returns, market, 252, 0.05), 1.2081914077910998],
    ["up capture", captureRatios(returns, market).up, 1.4803037721879428],
    ["down capture", captureRatios(returns, market).down, 0.7322967365631046],
  ])("%s", (_, actual, expected) => {
    expect(actual).toBeCloseTo(expected, 9);
  });
});

describe("captures", () => {
  it("all of a market, and twice as much of it", () => {
    const twice = market.map((value) => 2 * value);
    expect(captureRatios(market, market)).toEqual({ up: 1, down: 1 });
    expect(captureRatios(twice, market).up).toBeCloseTo(2, 1);
  });

  it("do not overflow over many periods", () => {
    const [large, half] = [new Float64Array(5000).fill(1), new Float64Array(5000).fill(-0.5)];
    expect(captureRatios(large, large).up).toBe(1);
    expect(captureRatios(half, half).down).toBe(1);
  });
});

describe("absent, with the reason, instead of a false figure", () => {
  const flat = column(0, 0, 0);
  it.each([
    ["skewness of nothing that varies", skewness(centralMoments(flat)), /do not vary/],
    ["kurtosis of nothing that varies", kurtosis(centralMoments(flat)), /do not vary/],
    ["kurtosis of nothing", kurtosis(centralMoments(column())), /do not vary/],
    ["omega without a loss", omega(column(0.1), 252, 0), /falls short/],
    ["omega of nothing", omega(column(), 252, 0), /no returns/],
    ["downside deviation of nothing", downsideDeviation(column(), 252, 0), /no returns/],
    ["tail ratio without a left tail", tailRatio(flat), /percentile/],
    ["stability of two returns", stability(column(1, 2, 3)), /three/],
    ["stability of what stands still", stability(column(1, 1, 1, 1)), /does not move/],
    [
      "stability of what stood still since its costs",
      stability(column(100, 97, 97, 97, 97, 97, 97)),
      /does not/,
    ],
    ["stability of a debt", stability(column(1, 2, -1, 3)), /not positive/],
    ["information ratio of the market", informationRatio(market, market, 252), /does not vary/],
    ["information ratio of one return", informationRatio(column(1), column(1), 252), /two returns/],
    ["alpha to a market that stands still", alpha(column(0.1, 0.2, 0.1), flat, 252, 0), /did not move/],
    [
      "up capture of a market that never rose",
      captureRatios(
        returns,
        market.map(() => -0.01),
      ).up,
      /never rose/,
    ],
    ["down capture of a market that never fell", captureRatios(flat, flat).down, /never fell/],
  ])("%s", (_, actual, reason) => {
    expect(actual).toHaveProperty("absent", expect.stringMatching(reason));
  });

  it("no downside at all is a downside deviation of 0", () => {
    expect(downsideDeviation(column(0.1, 0.2), 252, 0)).toBe(0);
  });
});
