import { describe, expect, it } from "vitest";
import { alphaPrompt } from "../../prompts/alpha.ts";
import { portfolioPrompt } from "../../prompts/portfolio.ts";
import { riskPrompt } from "../../prompts/risk.ts";
import type { PortfolioPolicy } from "../policy/portfolio.ts";
import type { RiskPolicy } from "../policy/risk.ts";
import { limitProblems } from "./limits.ts";

const risk = riskPrompt.policy;
const portfolio = portfolioPrompt.policy;

describe("the limits of the base prompts", () => {
  it.each<[string, Partial<RiskPolicy>]>([
    ["volatilityTarget", { volatilityTarget: 0.16 }],
    ["maxDrawdown", { maxDrawdown: 0.31 }],
    ["maxStressLoss", { maxStressLoss: 0.51 }],
    ["breachExposure", { breachExposure: 0.31 }],
    ["confidence", { confidence: 0.9 }],
    ["exposureByLevel.MODERATE", { exposureByLevel: { ...risk.exposureByLevel, MODERATE: 0.71 } }],
    ["moderateFrom.drawdown", { moderateFrom: { ...risk.moderateFrom, drawdown: 0.11 } }],
    ["highFrom.valueAtRisk", { highFrom: { ...risk.highFrom, valueAtRisk: 0.041 } }],
  ])("refuse a looser %s of risk", (field, change) => {
    const problems = limitProblems("risk", { ...risk, ...change }, risk);
    expect(problems).toHaveLength(1);
    expect(problems[0]).toContain(`${field} is `);
  });

  it.each<[string, Partial<PortfolioPolicy>]>([
    ["maxWeight", { maxWeight: 0.41 }],
    ["maxNames", { maxNames: 2 }],
    ["maxTurnover", { maxTurnover: 1.1 }],
    ["minCash", { minCash: 0.01 }],
    ["longOnly", { longOnly: false }],
  ])("refuse a looser %s of the portfolio", (field, change) => {
    const problems = limitProblems("portfolio", { ...portfolio, ...change }, portfolio);
    expect(problems).toHaveLength(1);
    expect(problems[0]).toContain(`${field} is `);
  });

  it("leave tighter policies alone, and whatever alpha decides by", () => {
    const calm = { volatility: 0.1, valueAtRisk: 0.01, drawdown: 0.05 };
    const tighter = {
      ...risk,
      lookbackBars: 126,
      volatilityTarget: 0.1,
      moderateFrom: calm,
      highFrom: calm,
      exposureByLevel: { LOW: 0.5, MODERATE: 0.2, HIGH: 0 },
    };
    expect(limitProblems("risk", tighter, risk)).toEqual([]);
    const fewer = {
      ...portfolio,
      method: "equal-weight" as const,
      maxNames: 3,
      maxWeight: 0.34,
      minCash: 0.5,
    };
    expect(limitProblems("portfolio", fewer, portfolio)).toEqual([]);
    expect(limitProblems("alpha", { ...alphaPrompt.policy, threshold: 1 }, alphaPrompt.policy)).toEqual([]);
  });
});
