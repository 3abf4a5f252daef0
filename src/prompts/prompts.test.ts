import { describe, expect, it } from "vitest";
import { FACTORS } from "../domain/alpha/factors.ts";
import { alphaPrompt } from "./alpha.ts";
import { backtestPrompt } from "./backtest.ts";
import { dataPrompt } from "./data.ts";
import { managerPrompt } from "./manager.ts";
import { optimizerPrompt } from "./optimizer.ts";
import { portfolioPrompt } from "./portfolio.ts";
import type { AgentPrompt } from "./prompt.ts";
import { riskPrompt } from "./risk.ts";

const PROMPTS: readonly AgentPrompt<unknown>[] = [
  alphaPrompt,
  backtestPrompt,
  dataPrompt,
  managerPrompt,
  optimizerPrompt,
  portfolioPrompt,
  riskPrompt,
];

/** The tools that each agent is told about, as its llm mind has them. */
const TOOLS: Readonly<Record<string, readonly string[]>> = {
  alpha: ["score_alpha"],
  backtest: ["backtest_on_data_set"],
  data: ["fetch_market_data", "list_symbols"],
  manager: [
    "write_plan",
    "list_symbols",
    "fetch_market_data",
    "ask_alpha_agent",
    "ask_risk_agent",
    "ask_portfolio_agent",
    "run_backtest",
    "recall",
    "optimize_agent_prompts",
  ],
  portfolio: ["build_portfolio"],
  risk: ["measure_risk"],
};

describe.each(PROMPTS)("the $agent prompt", ({ agent, instructions, policy, policySchema }) => {
  it("has a default policy that its schema accepts as it is", () => {
    expect(policySchema.parse(policy)).toEqual(policy);
  });

  it("names its tools and no other", () => {
    const named = new Set(instructions.match(/\b[a-z]+(?:_[a-z]+)+\b|(?<=^- `)[a-z]+(?=`: )/gm));
    expect([...named].sort()).toEqual([...(TOOLS[agent] ?? [])].sort());
  });
});

describe("default policies", () => {
  it("name registered factors, whose weights sum to 1", () => {
    const { factors } = alphaPrompt.policy;
    for (const { name } of factors) expect(FACTORS.has(name)).toBe(true);
    expect(factors.reduce((sum, { weight }) => sum + weight, 0)).toBeCloseTo(1, 12);
  });

  it("allow less exposure the higher the risk, with thresholds in order", () => {
    const { exposureByLevel, highFrom, moderateFrom } = riskPrompt.policy;
    expect(exposureByLevel.LOW).toBeGreaterThan(exposureByLevel.MODERATE);
    expect(exposureByLevel.MODERATE).toBeGreaterThan(exposureByLevel.HIGH);
    expect(highFrom.volatility).toBeGreaterThan(moderateFrom.volatility);
    expect(highFrom.valueAtRisk).toBeGreaterThan(moderateFrom.valueAtRisk);
    expect(highFrom.drawdown).toBeGreaterThan(moderateFrom.drawdown);
  });
});
