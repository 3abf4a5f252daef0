import { describe, expect, it } from "vitest";
import { randomFrom } from "../../random.ts";
import { deflatedSharpe, expectedMaximumSharpe } from "./deflated-sharpe.ts";
import { minimumTrackRecord } from "./minimum-track-record.ts";
import { probabilisticSharpe, sharpeProbability } from "./probabilistic-sharpe.ts";
import { sharpeRecord } from "./sharpe-record.ts";

/** Bailey and Lopez de Prado, The Sharpe Ratio Efficient Frontier (2012). */
describe("the figures of the paper of 2012", () => {
  // Its fund of 24 months: Sharpe ratio 0.458 a month, skewness -2.448, kurtosis 10.164.
  it("probability of the fund's Sharpe ratio: 0.913, and 0.982 if its returns were normal", () => {
    const fund = { ratio: 0.458, length: 24 };
    expect(sharpeProbability({ ...fund, skewness: -2.448, kurtosis: 10.164 }, 0)).toBeCloseTo(0.913, 3);
    expect(sharpeProbability({ ...fund, skewness: 0, kurtosis: 3 }, 0)).toBeCloseTo(0.982, 3);
  });

  // To believe at 95 % that an annual Sharpe ratio of 2 is above 1.
  it.each([
    ["daily", 252, 0, 3, 2.73],
    ["weekly", 52, 0, 3, 2.83],
    ["monthly", 12, 0, 3, 3.24],
    ["monthly, as hedge funds", 12, -0.72, 5.78, 4.99],
  ])("minimum track record of %s returns", (_, periods, skewness, kurtosis, years) => {
    const record = { ratio: 2 / Math.sqrt(periods), skewness, kurtosis };
    expect(minimumTrackRecord(record, 1 / Math.sqrt(periods), 0.95, periods)).toBeCloseTo(years, 2);
  });

  it("after the minimum track record the probability is the confidence", () => {
    const record = { ratio: 0.1, skewness: -0.8, kurtosis: 6 };
    const length = Number(minimumTrackRecord(record, 0.02, 0.9, 1));
    expect(sharpeProbability({ ...record, length }, 0.02)).toBeCloseTo(0.9, 12);
  });

  it("no track record is long enough for a Sharpe ratio that is not above the benchmark", () => {
    const record = { ratio: -0.01, skewness: 0, kurtosis: 3 };
    expect(minimumTrackRecord(record, 0, 0.95, 252)).toHaveProperty("absent");
  });
});

/** Bailey and Lopez de Prado, The Deflated Sharpe Ratio (2014): 1,250 days, Sharpe ratio 2.5 a year of 250 days. */
describe("the example of the paper of 2014", () => {
  const best = { ratio: 2.5 / Math.sqrt(250), length: 1250, skewness: -3, kurtosis: 10 };
  // The variance of the trials' annual Sharpe ratios is one half.
  const deviation = Math.sqrt(0.5 / 250);

  it("100 trials: 0.1132 a day is to be expected of luck, and 0.9004 is left", () => {
    const lucky = expectedMaximumSharpe({ count: 100, deviation });
    expect(lucky).toBeCloseTo(0.1132, 4);
    expect(sharpeProbability(best, lucky)).toBeCloseTo(0.9004, 4);
  });

  it("46 trials would have left 0.9505, as 88 of normal returns", () => {
    expect(sharpeProbability(best, expectedMaximumSharpe({ count: 46, deviation }))).toBeCloseTo(0.9505, 4);
    const normal = { ...best, skewness: 0, kurtosis: 3 };
    expect(sharpeProbability(normal, expectedMaximumSharpe({ count: 88, deviation }))).toBeCloseTo(0.9505, 4);
  });

  it("expects of the best of many normal draws what a simulation shows", () => {
    const random = randomFrom(7);
    const [count, rounds] = [50, 4000];
    let sum = 0;
    for (let round = 0; round < rounds; round += 1) {
      let largest = -Infinity;
      for (let k = 0; k < count; k += 1) largest = Math.max(largest, random.normal());
      sum += largest;
    }
    // The formula is an approximation for many trials; the mean of the simulation is good to 0.01.
    expect(expectedMaximumSharpe({ count, deviation: 1 })).toBeCloseTo(sum / rounds, 1);
  });

  it("of one trial is the probabilistic Sharpe ratio, of more it is less", () => {
    const random = randomFrom(3);
    const returns = Float64Array.from({ length: 300 }, () => 0.001 + 0.01 * random.normal());
    const plain = probabilisticSharpe(returns, 252, 0.01);
    expect(deflatedSharpe(returns, 252, 0.01, { count: 1, deviation: 0.05 })).toBe(plain);
    const deflated = deflatedSharpe(returns, 252, 0.01, { count: 20, deviation: 0.05 });
    expect(Number(deflated)).toBeLessThan(Number(plain));
    expect(sharpeRecord(Float64Array.of(0.01, 0.01), 252, 0)).toHaveProperty("absent");
  });
});
