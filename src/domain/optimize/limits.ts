import { percent } from "../format.ts";
import type { Policies } from "../policy/policies.ts";
import type { PortfolioPolicy } from "../policy/portfolio.ts";
import { RISK_LEVELS, type RiskPolicy } from "../policy/risk.ts";
import type { DecidingAgent } from "../prompt/deciding-agents.ts";

/** Differences below this are rounding. */
const ROUNDING = 1e-9;

const PROBLEMS: { readonly [A in DecidingAgent]: (policy: Policies[A], base: Policies[A]) => string[] } = {
  alpha: () => [],
  risk: riskProblems,
  portfolio: portfolioProblems,
};

/**
 * Where a candidate's policy is looser than the limits of the base prompt's, in a sentence each that names the field
 * and both values; none where it only tightens them. The alpha policy has no limits. A lower confidence reads the same
 * threshold off a milder quantile, so it counts as a higher threshold; so few names that the cap per name is void
 * (see the policy's maxWeight) count as a higher cap.
 * @param policy the agent's own
 * @param base the agent's own in the base prompt
 */
export function limitProblems<A extends DecidingAgent>(
  agent: A,
  policy: Policies[A],
  base: Policies[A],
): string[] {
  return PROBLEMS[agent](policy, base);
}

function riskProblems(policy: RiskPolicy, base: RiskPolicy): string[] {
  return [
    ...above("volatilityTarget", policy.volatilityTarget, base.volatilityTarget),
    ...above("maxDrawdown", policy.maxDrawdown, base.maxDrawdown),
    ...above("maxStressLoss", policy.maxStressLoss, base.maxStressLoss),
    ...above("breachExposure", policy.breachExposure, base.breachExposure),
    ...RISK_LEVELS.flatMap((level) =>
      above(`exposureByLevel.${level}`, policy.exposureByLevel[level], base.exposureByLevel[level]),
    ),
    ...(["moderateFrom", "highFrom"] as const).flatMap((level) =>
      (["volatility", "valueAtRisk", "drawdown"] as const).flatMap((figure) =>
        above(`${level}.${figure}`, policy[level][figure], base[level][figure]),
      ),
    ),
    ...below("confidence", policy.confidence, base.confidence),
  ];
}

function portfolioProblems(policy: PortfolioPolicy, base: PortfolioPolicy): string[] {
  const fewest = Math.min(base.maxNames, Math.ceil(1 / base.maxWeight - ROUNDING));
  return [
    ...above("maxWeight", policy.maxWeight, base.maxWeight),
    ...(policy.maxNames < fewest
      ? [
          `maxNames is ${policy.maxNames}; with fewer than ${fewest} names the cap of ${percent(base.maxWeight)} per name would be void.`,
        ]
      : []),
    ...above("maxTurnover", policy.maxTurnover, base.maxTurnover),
    ...below("minCash", policy.minCash, base.minCash),
    ...(base.longOnly && !policy.longOnly ? ["longOnly is false; the base prompt has true."] : []),
  ];
}

function above(field: string, value: number, limit: number): string[] {
  return value > limit + ROUNDING ? [`${field} is ${value}; the base prompt allows at most ${limit}.`] : [];
}

function below(field: string, value: number, limit: number): string[] {
  return value < limit - ROUNDING
    ? [`${field} is ${value}; the base prompt asks for at least ${limit}.`]
    : [];
}
