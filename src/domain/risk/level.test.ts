import { describe, expect, it } from "vitest";
import { type LevelFigures, riskLevel } from "./level.ts";

const POLICY = {
  moderateFrom: { volatility: 0.2, valueAtRisk: 0.02, drawdown: 0.1 },
  highFrom: { volatility: 0.4, valueAtRisk: 0.04, drawdown: 0.25 },
};

const CALM: LevelFigures = { volatility: 0.05, valueAtRisk: 0.005, drawdown: 0 };

describe.each(["volatility", "valueAtRisk", "drawdown"] as const)("the %s alone", (figure) => {
  it.each([
    ["HIGH", "highFrom"],
    ["MODERATE", "moderateFrom"],
  ] as const)("makes the level %s from its threshold on", (level, from) => {
    const threshold = POLICY[from][figure];
    const reached = riskLevel({ ...CALM, [figure]: threshold }, POLICY);
    expect(reached.level).toBe(level);
    expect(reached.reasons).toHaveLength(1);
    expect(riskLevel({ ...CALM, [figure]: threshold - 1e-9 }, POLICY).level).not.toBe(level);
  });
});
