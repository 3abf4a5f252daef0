import type { Constraints } from "../policy/constraints.ts";
import { grossOf } from "./gross.ts";
import { percent } from "./percent.ts";
import type { RiskReport } from "./report.ts";
import { worstStress } from "./worst-stress.ts";

/** What the allowed exposure depends on, all of it in a risk report. */
export type ExposureBasis = Pick<
  RiskReport,
  "policy" | "level" | "volatility" | "stress" | "breaches" | "weights"
>;

export interface ExposureLimit {
  readonly from: "level" | "volatility" | "stress" | "drawdown";
  /** The most exposure that it allows, 0..1. */
  readonly cap: number;
  readonly reason: string;
}

/** The exposure that is within all of the limits. */
export function withinLimits(limits: readonly ExposureLimit[]): number {
  return Math.min(1, ...limits.map((limit) => limit.cap));
}

/**
 * Every limit on exposure, the tightest first.
 * - level: the policy's exposure for the risk level;
 * - volatility: target over the volatility of one unit of the book, so that a book in half cash is not taken for a
 *   calm one (volatility targeting: Moreira and Muir, "Volatility-Managed Portfolios", Journal of Finance 72, 2017);
 * - stress: the loss allowed over the worst loss of one unit of the book, where that is less than full exposure;
 * - drawdown: while it is deeper than allowed.
 * A low risk appetite halves the volatility target, the loss allowed, and the two other caps.
 */
export function exposureLimits(basis: ExposureBasis, constraints: Constraints = {}): ExposureLimit[] {
  const { policy, level } = basis;
  const share = appetite(constraints);
  const halved = share < 1 ? " (halved for a low risk appetite)" : "";
  const limits: ExposureLimit[] = [];

  const byLevel = policy.exposureByLevel[level] * share;
  limits.push({
    from: "level",
    cap: byLevel,
    reason: `At level ${level} the exposure is at most ${percent(byLevel)}${halved}.`,
  });

  const unit = unitVolatility(basis);
  const target = volatilityTarget(basis, constraints);
  const byVolatility = Math.min(1, target / unit);
  limits.push({
    from: "volatility",
    cap: byVolatility,
    reason: `The volatility target of ${percent(target)}${halved} over a volatility of ${percent(unit)} allows ${percent(byVolatility)}.`,
  });

  const worst = worstStress(basis);
  const allowedLoss = stressLossLimit(basis, constraints);
  if (worst !== null && worst.loss > allowedLoss) {
    const byStress = allowedLoss / worst.loss;
    limits.push({
      from: "stress",
      cap: byStress,
      reason: `${sentence(worst.event)} would cost ${percent(worst.loss)} of a fully invested book; to lose at most ${percent(allowedLoss)}${halved} the exposure is at most ${percent(byStress)}.`,
    });
  }

  if (basis.breaches.some((breach) => breach.limit === "maxDrawdown")) {
    const byDrawdown = policy.breachExposure * share;
    limits.push({
      from: "drawdown",
      cap: byDrawdown,
      reason: `While the drawdown is deeper than ${percent(policy.maxDrawdown)} the exposure is at most ${percent(byDrawdown)}${halved}.`,
    });
  }
  return limits.sort((a, b) => a.cap - b.cap);
}

export function volatilityTarget(basis: ExposureBasis, constraints: Constraints): number {
  return basis.policy.volatilityTarget * appetite(constraints);
}

export function stressLossLimit(basis: ExposureBasis, constraints: Constraints): number {
  return basis.policy.maxStressLoss * appetite(constraints);
}

/** Annualised volatility per unit of gross exposure. */
export function unitVolatility(basis: ExposureBasis): number {
  return (basis.volatility ?? 0) / grossOf(basis.weights);
}

function appetite({ riskAppetite }: Constraints): number {
  return riskAppetite === "low" ? 0.5 : 1;
}

function sentence(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
