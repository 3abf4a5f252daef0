import type { AlphaReport } from "../alpha/report.ts";
import { FinAgentError } from "../errors.ts";
import type { MarketView } from "../market/view.ts";
import type { Constraints } from "../policy/constraints.ts";
import type { PortfolioPolicy } from "../policy/portfolio.ts";
import { exposureLimits, volatilityTarget, withinLimits } from "../risk/exposure.ts";
import { grossOf } from "../risk/gross.ts";
import { percent } from "../risk/percent.ts";
import type { RiskReport } from "../risk/report.ts";
import { type Candidates, chooseCandidates } from "./candidates.ts";
import { bookVolatility, estimateRisk, type RiskEstimate } from "./estimate.ts";
import { portfolioRules, type PortfolioRules } from "./rules.ts";
import { targetWeights } from "./target-weights.ts";
import { type LimitedTrades, limitTrades } from "./trade-limits.ts";

export interface DecisionOptions {
  readonly alpha: AlphaReport;
  readonly risk: RiskReport;
  readonly policy: PortfolioPolicy;
  readonly constraints: Constraints;
  /** Current weights; none or {} is all cash. */
  readonly holdings?: Readonly<Record<string, number>>;
}

/** What is to be held, with what led to it. */
export interface PortfolioDecision {
  readonly rules: PortfolioRules;
  /** What the limits of the risk report's policy allow. */
  readonly byPolicy: number;
  /** What the risk report allows, never more than `byPolicy`. */
  readonly allowedExposure: number;
  /** The same less the cash that is to be kept. */
  readonly exposureLimit: number;
  readonly candidates: Candidates;
  /** Of the candidates chosen. */
  readonly estimate: RiskEstimate;
  readonly target: LimitedTarget;
  /** The trades towards the target, and the weights after them. */
  readonly trades: LimitedTrades;
}

/**
 * The weights that the policy gives an alpha report's signals within what a risk report allows: the best of the names
 * whose risk was measured, weighed by the method on the Ledoit-Wolf covariance of the look-back, under caps, total
 * exposure, cash, turnover and minimum trade.
 * @throws FinAgentError BAD_ARGUMENT on reports of different data sets or from after the view's time, and on an
 * exposure or holding that is no number in range; UNKNOWN_SYMBOL on a signal or holding without data; NUMERICAL where
 * the method has no solution
 */
export function decidePortfolio(view: MarketView, options: DecisionOptions): PortfolioDecision {
  checkArguments(view, options);
  const { alpha, risk, policy, constraints, holdings = {} } = options;
  const rules = portfolioRules(policy, constraints);
  const byPolicy = withinLimits(exposureLimits(risk, constraints));
  const allowedExposure = Math.min(risk.allowedExposure, byPolicy);
  const exposureLimit = Math.min(allowedExposure, 1 - rules.minCash);
  const candidates = chooseCandidates(view, alpha.signals, risk, rules, policy.lookbackBars);
  // Sorted, so that neither the order of the signals nor that of the scores reaches the solvers.
  const chosen = candidates.chosen.toSorted((a, b) => (a.symbol < b.symbol ? -1 : 1));
  const estimate = estimateRisk(
    chosen.map((signal) => view.bars(signal.symbol)),
    candidates.time,
  );
  const target = withinVolatility(
    targetWeights(chosen, estimate, { policy, rules, exposure: exposureLimit }),
    estimate,
    volatilityTarget(risk, constraints),
  );
  const trades = limitTrades(holdings, target.weights, {
    exposureLimit: Math.min(exposureLimit, target.exposureLimit),
    rules,
    maxTurnover: policy.maxTurnover,
    minTrade: policy.minTrade,
    onlyTargets: constraints.maxNames !== undefined,
  });
  return { rules, byPolicy, allowedExposure, exposureLimit, candidates, estimate, target, trades };
}

interface LimitedTarget extends ReturnType<typeof targetWeights> {
  /** What the volatility of this mix of names allows; 1 where it stays within the target. */
  readonly exposureLimit: number;
}

/**
 * The risk report is of all names in equal parts, over a shorter window; the mix that was chosen may be more volatile.
 * Then all of it is scaled down to the target.
 */
function withinVolatility(
  target: ReturnType<typeof targetWeights>,
  estimate: RiskEstimate,
  volatilityLimit: number,
): LimitedTarget {
  const expected = bookVolatility(estimate, target.weights);
  if (expected <= volatilityLimit) return { ...target, exposureLimit: 1 };
  const share = volatilityLimit / expected;
  const weights = Object.fromEntries(
    Object.entries(target.weights).map(([symbol, weight]) => [symbol, weight * share]),
  );
  const limit = `The chosen names have an expected volatility of ${percent(expected)} together, above the target of ${percent(volatilityLimit)}: exposure is cut from ${percent(grossOf(target.weights))} to ${percent(grossOf(weights))}.`;
  return { weights, limits: [...target.limits, limit], exposureLimit: grossOf(weights) };
}

function checkArguments(view: MarketView, { alpha, risk, holdings = {} }: DecisionOptions): void {
  if (alpha.dataSetId !== risk.dataSetId) {
    throw new FinAgentError(
      "BAD_ARGUMENT",
      `The alpha report is of the data set ${alpha.dataSetId}, the risk report of ${risk.dataSetId}.`,
      { hint: "Ask both agents about the same data set." },
    );
  }
  for (const [name, { asOf }] of Object.entries({ alpha, risk })) {
    if (Date.parse(asOf) <= view.asOf) continue;
    throw new FinAgentError(
      "BAD_ARGUMENT",
      `The ${name} report is as of ${asOf}, after the ${new Date(view.asOf).toISOString()} of this decision.`,
      { hint: `Ask the ${name} agent again.` },
    );
  }
  if (!(risk.allowedExposure >= 0 && risk.allowedExposure <= 1)) {
    throw new FinAgentError(
      "BAD_ARGUMENT",
      `The allowed exposure must lie in 0..1, not ${risk.allowedExposure}.`,
    );
  }
  for (const [symbol, weight] of Object.entries(holdings)) {
    if (Number.isFinite(weight) && (weight === 0 || view.bars(symbol).length > 0)) continue;
    throw new FinAgentError("BAD_ARGUMENT", `The holding of ${symbol} has no weight or no price.`, {
      hint: "Give the holdings as fractions of equity, of symbols in the data set.",
      details: { symbol },
    });
  }
}
