import type { RiskPolicy } from "../../policy/risk.ts";
import type { Random } from "../../random.ts";
import { type Moves, pick, rounded } from "./moves.ts";

const LOOKBACKS = [21, 42, 63, 126, 252] as const;
const CONFIDENCES = [0.95, 0.975, 0.99] as const;
/** Of what the base allows. */
const SHARES = [1, 0.85, 0.7, 0.5] as const;

type Step = (from: RiskPolicy, base: RiskPolicy, random: Random) => RiskPolicy;

const STEPS = [
  (from, _base, random) => ({ ...from, lookbackBars: pick(LOOKBACKS, random) }),
  (from, _base, random) => ({ ...from, confidence: pick(CONFIDENCES, random) }),
  (from, base, random) => ({ ...from, volatilityTarget: part(base.volatilityTarget, random) }),
  (from, base, random) => ({ ...from, maxStressLoss: part(base.maxStressLoss, random) }),
  thresholds("moderateFrom"),
  thresholds("highFrom"),
  exposure("LOW"),
  exposure("MODERATE"),
  exposure("HIGH"),
] as const satisfies readonly Step[];

/** Moves through risk policies that are at least as careful as the base; a far one is two steps from it. */
export const riskMoves: Moves<RiskPolicy> = {
  far: (base, random) => step(step(base, base, random), base, random),
  near: step,
};

function step(from: RiskPolicy, base: RiskPolicy, random: Random): RiskPolicy {
  return pick<Step>(STEPS, random)(from, base, random);
}

function thresholds(name: "moderateFrom" | "highFrom"): Step {
  return (from, base, random) => {
    const { volatility, valueAtRisk, drawdown } = base[name];
    const share = pick(SHARES, random);
    return {
      ...from,
      [name]: {
        volatility: rounded(share * volatility),
        valueAtRisk: rounded(share * valueAtRisk),
        drawdown: rounded(share * drawdown),
      },
    };
  };
}

function exposure(level: keyof RiskPolicy["exposureByLevel"]): Step {
  return (from, base, random) => ({
    ...from,
    exposureByLevel: { ...from.exposureByLevel, [level]: part(base.exposureByLevel[level], random) },
  });
}

function part(limit: number, random: Random): number {
  return rounded(limit * pick(SHARES, random));
}
