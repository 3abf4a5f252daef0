import { describe, expect, it } from "vitest";
import { DEFAULT_POLICIES } from "../src/agents/policies.ts";
import { backtestSettingsSchema } from "../src/domain/backtest/settings.ts";
import { attribute } from "../src/domain/optimize/attribute.ts";
import { layFolds } from "../src/domain/optimize/folds.ts";
import type { Policies } from "../src/domain/policy/policies.ts";
import { roughDataSet } from "./support/rough-market.ts";

/** A team that finds what the market has: what it lost to the others over two months, a name gets back. */
const TEAM: Policies = {
  ...DEFAULT_POLICIES,
  alpha: {
    factors: [{ name: "reversal", lookbackBars: 42, weight: 1 }],
    combination: "cross-section",
    threshold: 0,
  },
};
const NEVER = { volatility: 100, valueAtRisk: 100, drawdown: 1 };

const SABOTAGED: Policies = {
  alpha: {
    ...TEAM.alpha,
    factors: TEAM.alpha.factors.map((factor) => ({ ...factor, weight: -factor.weight })),
  },
  risk: {
    ...TEAM.risk,
    volatilityTarget: 2,
    moderateFrom: NEVER,
    highFrom: NEVER,
    maxDrawdown: 1,
    maxStressLoss: 1,
    exposureByLevel: { LOW: 1, MODERATE: 1, HIGH: 1 },
    breachExposure: 1,
  },
  portfolio: { ...TEAM.portfolio, method: "equal-weight", maxNames: 1, maxWeight: 1 },
};

describe.each([1, 2])("the attribution on market %i", (seed) => {
  const dataSet = roughDataSet(seed);
  const training = layFolds(dataSet, { folds: 4, embargoBars: 21 }).folds.map(({ train }) => train);
  const contributions = (policies: Policies): ReturnType<typeof attribute> =>
    attribute(dataSet, training, policies, {
      settings: backtestSettingsSchema.parse({}),
      constraints: {},
      base: DEFAULT_POLICIES,
    });

  it.each(["alpha", "risk", "portfolio"] as const)("ranks a sabotaged %s agent worst", (agent) => {
    const found = contributions({ ...TEAM, [agent]: SABOTAGED[agent] });
    expect(found.map((one) => one.agent).sort()).toEqual(["alpha", "portfolio", "risk"]);
    expect(found[0]?.agent).toBe(agent);
  });

  it("finds that alpha and risk of a sound team add something", () => {
    const found = contributions(TEAM);
    for (const agent of ["alpha", "risk"]) {
      expect(found.find((one) => one.agent === agent)?.certaintyEquivalent).toBeGreaterThan(0.005);
    }
  });
});
