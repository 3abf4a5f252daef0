import type { Constraints } from "../policy/constraints.ts";
import { percent } from "./percent.ts";
import type { RiskReport } from "./report.ts";

/** What the allowed exposure depends on, all of it in a risk report. */
export type ExposureBasis = Pick<RiskReport, "policy" | "level" | "volatility" | "breaches" | "weights">;

export interface ExposureLimit {
  readonly from: "level" | "volatility" | "breach";
  /** The most exposure that it allows, 0..1. */
  readonly cap: number;
  readonly reason: string;
}

/**
 * Every limit on exposure, the tightest first; the first one's cap is the allowed exposure.
 * - level: the policy's exposure for the risk level;
 * - volatility: target over the volatility of one unit of the book, so that a book in half cash is not taken for a
 *   calm one (volatility targeting: Moreira and Muir, "Volatility-Managed Portfolios", Journal of Finance 72, 2017);
 * - breach: while a limit is breached.
 * A low risk appetite halves the target and the two other caps.
 */
export function exposureLimits(basis: ExposureBasis, constraints: Constraints = {}): ExposureLimit[] {
  const { policy, level } = basis;
  const low = constraints.riskAppetite === "low";
  const share = low ? 0.5 : 1;
  const halved = low ? ", halved for a low risk appetite" : "";
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

  if (basis.breaches.length > 0) {
    const byBreach = policy.breachExposure * share;
    limits.push({
      from: "breach",
      cap: byBreach,
      reason: `While a limit is breached the exposure is at most ${percent(byBreach)}${halved}.`,
    });
  }
  return limits.sort((a, b) => a.cap - b.cap);
}

export function volatilityTarget(basis: ExposureBasis, constraints: Constraints): number {
  return basis.policy.volatilityTarget * (constraints.riskAppetite === "low" ? 0.5 : 1);
}

/** Annualised volatility per unit of gross exposure. */
export function unitVolatility(basis: ExposureBasis): number {
  const gross = Object.values(basis.weights).reduce((sum, weight) => sum + Math.abs(weight), 0);
  return (basis.volatility ?? 0) / gross;
}
