import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isAbsent } from "../../statistic.ts";
import { annualReturn } from "./annual-return.ts";
import { cagr } from "./cagr.ts";
import { calmar } from "./calmar.ts";
import { drawdownColumn } from "./drawdown.ts";
import { meanExposure } from "./exposure.ts";
import { maxDrawdown } from "./max-drawdown.ts";
import { normalProbability } from "./normal-probability.ts";
import { probabilisticSharpe, sharpeProbability } from "./probabilistic-sharpe.ts";
import { profitFactor } from "./profit-factor.ts";
import { sharpe } from "./sharpe.ts";
import { sortino } from "./sortino.ts";
import { totalReturn } from "./total-return.ts";
import { annualTurnover } from "./turnover.ts";
import { winRate } from "./win-rate.ts";

const column = (...values: number[]): Float64Array => Float64Array.from(values);
const trade = (profit: number, open = false): { profit: number; open: boolean } => ({ profit, open });

describe("absent, with the reason, instead of a false figure", () => {
  it.each([
    ["Sharpe of returns that do not vary", sharpe(column(0.01, 0.01, 0.01), 252, 0), /do not vary/],
    ["Sharpe of rounding errors", sharpe(column(0.01, 0.01 + 1e-16, 0.01), 252, 0), /do not vary/],
    ["Sharpe of one return", sharpe(column(0.01), 252, 0), /two returns/],
    ["Sortino without a loss", sortino(column(0.01, 0.02), 252, 0), /falls short/],
    ["Sortino of nothing", sortino(column(), 252, 0), /no returns/],
    ["Calmar without a drawdown", calmar(0.1, 0), /no drawdown/],
    ["Calmar of an absent return", calmar({ absent: "why" }, -0.1), /why/],
    ["CAGR of one value", cagr(column(1), column(0)), /two equity values/],
    ["CAGR of no time", cagr(column(1, 2), column(5, 5)), /No time/],
    ["CAGR of a debt", cagr(column(1, -1), column(0, 1e10)), /zero/],
    ["annual return of a total loss", annualReturn(column(-1), 252), /Everything/],
    ["annual return past all numbers", annualReturn(column(1e6), 252), /too large/],
    ["drawdown of nothing", maxDrawdown(column()), /no equity/],
    ["return of nothing", totalReturn(column()), /no equity/],
    ["win rate without a closed trade", winRate([trade(5, true)]), /No trade/],
    ["profit factor without a closed trade", profitFactor([]), /No trade/],
    ["profit factor without a loss", profitFactor([trade(5)]), /lost/],
    ["probabilistic Sharpe of no variation", probabilisticSharpe(column(0, 0), 252, 0), /do not vary/],
  ])("%s", (_, statistic, reason) => {
    expect(isAbsent(statistic) && statistic.absent).toMatch(reason);
  });

  it("is finite or absent whatever the returns", () => {
    fc.assert(
      fc.property(fc.float64Array({ min: -0.99, max: 50, noNaN: true, maxLength: 30 }), (returns) => {
        for (const statistic of [
          annualReturn(returns, 252),
          sharpe(returns, 252, 0.02),
          sortino(returns, 252, 0.02),
          probabilisticSharpe(returns, 252, 0.02),
        ]) {
          expect(isAbsent(statistic) || Number.isFinite(statistic)).toBe(true);
        }
      }),
    );
  });
});

describe("by hand", () => {
  it("takes the risk-free rate off as the return per period that compounds to it", () => {
    // 0.02 and 0 a month against 1.01^12 - 1 a year: excess 0.01 and -0.01, mean 0.
    expect(sharpe(column(0.02, 0), 12, 1.01 ** 12 - 1)).toBeCloseTo(0, 10);
    // Against 0: mean 0.01, sample deviation 0.02 / sqrt(2).
    expect(sharpe(column(0.02, 0), 12, 0)).toBeCloseTo((0.01 / (0.02 / Math.SQRT2)) * Math.sqrt(12), 12);
    // Shortfalls 0 and -0.01: downside sqrt(0.0001 / 2).
    expect(sortino(column(0.03, 0), 12, 1.01 ** 12 - 1)).toBeCloseTo(
      (0.005 / Math.sqrt(0.00005)) * Math.sqrt(12),
      9,
    );
  });

  it("compounds over calendar time", () => {
    expect(cagr(column(100, 150, 121), column(0, 1, 2 * 365.25 * 86_400_000))).toBeCloseTo(0.1, 12);
  });

  it("measures falls from the highest value so far", () => {
    expect([...drawdownColumn(column(100, 120, 90, 150, 75))]).toEqual([0, 0, -0.25, 0, -0.5]);
    expect(maxDrawdown(column(100, 120, 90, 150, 75))).toBe(-0.5);
  });

  it("counts closed trades", () => {
    const trades = [trade(30), trade(-10), trade(0), trade(10), trade(99, true)];
    expect(winRate(trades)).toBe(0.5);
    expect(profitFactor(trades)).toBe(4);
  });

  it("averages exposure and adds up turnover per year", () => {
    expect(meanExposure(column(0, 1, 0.5, 0.5))).toBe(0.5);
    expect(annualTurnover(column(0, 1, 0, 1), 2)).toBe(1);
  });
});

describe("probabilistic Sharpe ratio", () => {
  it("has the normal distribution to 1e-15", () => {
    // Figures of scipy.stats.norm.cdf 1.17.
    expect(normalProbability(-7.5)).toBeCloseTo(3.1908916729108844e-14, 15);
    expect(normalProbability(-3)).toBeCloseTo(0.0013498980316300933, 15);
    expect(normalProbability(-1.96)).toBeCloseTo(0.024997895148220435, 15);
    expect(normalProbability(0)).toBe(0.5);
    expect(normalProbability(0.1)).toBeCloseTo(0.539827837277029, 15);
    expect(normalProbability(2.5)).toBeCloseTo(0.9937903346742238, 15);
    expect(normalProbability(5)).toBeCloseTo(0.9999997133484281, 15);
    expect([normalProbability(-40), normalProbability(40)]).toEqual([0, 1]);
    expect(normalProbability(NaN)).toBeNaN();
  });

  it("equals the worked example of its authors", () => {
    // Bailey and Lopez de Prado, The Deflated Sharpe Ratio (2014): 1,250 days of an annual Sharpe ratio of
    // 2.5, skewness -3, kurtosis 10, against a benchmark of 0.1132 a day.
    const record = { ratio: 2.5 / Math.sqrt(250), length: 1250, skewness: -3, kurtosis: 10 };
    expect(sharpeProbability(record, 0.1132)).toBeCloseTo(0.9004, 3);
  });

  it("equals numpy and scipy on a short record", () => {
    const returns = column(
      0.012,
      -0.004,
      0.007,
      0.021,
      -0.013,
      0.002,
      0.009,
      -0.006,
      0.015,
      0.001,
      -0.002,
      0.03,
    );
    // Sharpe ratio 0.49168917, skew 0.41197076, kurtosis 2.48840049.
    expect(probabilisticSharpe(returns, 252, 0)).toBeCloseTo(0.9582851399934054, 10);
  });
});
