import { FinAgentError } from "../errors.ts";
import type { MarketView } from "../market/view.ts";
import { MINIMUM_BARS, sharedTimes } from "../risk/common-window.ts";
import { grossOf } from "../risk/gross.ts";
import { percent } from "../risk/percent.ts";
import { type DecisionOptions, decidePortfolio } from "./decide.ts";
import { bookVolatility, estimateRisk, expectedReturn, type RiskEstimate } from "./estimate.ts";
import { sizePositions } from "./positions.ts";
import type { PortfolioReport } from "./report.ts";
import { wouldChange } from "./would-change.ts";

/** Fraction of the traded notional: the default backtest's commission (5 bp) and slippage (2 bp). */
export const DEFAULT_COST_PER_TURNOVER = 0.0007;

export interface PortfolioOptions extends DecisionOptions {
  /** Under which the two reports are held; the portfolio names them. */
  readonly alphaId: string;
  readonly riskId: string;
  readonly capital: number;
  /** Fraction of the traded notional. */
  readonly costPerTurnover?: number;
}

/**
 * The report of a portfolio decision (see `decidePortfolio`): its weights in whole shares at raw prices, expected
 * figures, what was left out, which limits bound, and what would change it. Without a candidate it is all cash and
 * says why.
 * @throws FinAgentError BAD_ARGUMENT on a capital that is no positive number; otherwise as `decidePortfolio`
 */
export function constructPortfolio(view: MarketView, options: PortfolioOptions): PortfolioReport {
  const { alpha, risk, policy, constraints, capital } = options;
  if (!Number.isFinite(capital) || capital <= 0) {
    throw new FinAgentError("BAD_ARGUMENT", `The capital must be a positive amount, not ${capital}.`);
  }
  const { rules, byPolicy, allowedExposure, exposureLimit, candidates, estimate, target, trades } =
    decidePortfolio(view, options);
  const { signals } = alpha;
  const { chosen } = candidates;
  const { weights, turnover } = trades;
  const scores = new Map(signals.map((signal) => [signal.symbol, signal.score]));
  const { positions, cashAmount, cost } = sizePositions(view, weights, {
    capital,
    cost: (options.costPerTurnover ?? DEFAULT_COST_PER_TURNOVER) * turnover * capital,
    scores,
  });

  const names = Object.keys(weights);
  const heldEstimate = names.every((name) => estimate.symbols.includes(name))
    ? estimate
    : estimateOfHeld(view, names.toSorted(), policy.lookbackBars);
  const enough = names.length === 0 || heldEstimate.bars >= MINIMUM_BARS;
  const volatility = enough ? bookVolatility(heldEstimate, weights) : null;
  const exposure = grossOf(weights);
  const cash = 1 - Object.values(weights).reduce((sum, weight) => sum + weight, 0);

  const limits = [
    ...(chosen.length === 0 ? [] : exposureWords(allowedExposure, byPolicy, rules.minCash)),
    ...target.limits,
    ...trades.limits,
    ...(chosen.length > 0 && estimate.bars < policy.lookbackBars
      ? [
          `The covariance comes from ${estimate.bars} common bars; the policy asks for ${policy.lookbackBars}.`,
        ]
      : []),
    ...positions
      .filter((one) => one.shares === 0)
      .map(
        (one) => `${percent(one.weight)} in ${one.symbol} does not buy one share at ${one.price.toFixed(2)}.`,
      ),
    ...(enough ? [] : ["The holdings have too few bars in common for a volatility or an expected return."]),
  ];
  const excluded = candidates.excluded.map(({ symbol, reason }) => ({ symbol, reason }));
  for (const signal of chosen) {
    if ((target.weights[signal.symbol] ?? 0) !== 0) continue;
    const reason =
      exposureLimit > 0 ? `The method ${policy.method} gives it no weight.` : "No exposure is allowed.";
    excluded.push({ symbol: signal.symbol, reason });
  }

  return {
    asOf: new Date(view.asOf).toISOString(),
    dataSetId: risk.dataSetId,
    alphaId: options.alphaId,
    riskId: options.riskId,
    policy,
    constraints,
    method: policy.method,
    capital,
    weights: { ...weights },
    cash,
    exposure,
    allowedExposure,
    positions,
    cashAmount,
    expectedReturn: enough
      ? expectedReturn(heldEstimate, weights, scores, policy.informationCoefficient)
      : null,
    volatility,
    turnover,
    cost,
    excluded,
    limits,
    wouldChange: wouldChange({
      candidates,
      held: signals.filter((signal) => (weights[signal.symbol] ?? 0) !== 0),
      signals,
      rules,
      constraints,
      threshold: alpha.policy.threshold,
      risk,
    }),
    summary: summarise(names.length, policy.method, { exposure, cash, volatility }, excluded.length),
  };
}

function estimateOfHeld(view: MarketView, symbols: readonly string[], lookback: number): RiskEstimate {
  const bars = symbols.map((symbol) => view.bars(symbol));
  return estimateRisk(bars, sharedTimes(bars, lookback));
}

function exposureWords(allowedExposure: number, byPolicy: number, minCash: number): string[] {
  if (allowedExposure < 1 - minCash) {
    const less =
      percent(allowedExposure) === percent(byPolicy)
        ? ""
        : `, less than the ${percent(byPolicy)} within its policy's limits`;
    return [`Risk allows an exposure of ${percent(allowedExposure)}${less}.`];
  }
  return minCash > 0 ? [`At least ${percent(minCash)} stays cash.`] : [];
}

function summarise(
  names: number,
  method: string,
  figures: { readonly exposure: number; readonly cash: number; readonly volatility: number | null },
  excluded: number,
): string {
  if (names === 0) {
    return `All cash: ${excluded === 0 ? "there is no signal" : `none of the ${excluded} names can be held, for the reasons given`}.`;
  }
  const risk =
    figures.volatility === null ? "" : `, at an expected volatility of ${percent(figures.volatility)} a year`;
  return `${names === 1 ? "One name" : `${names} names`} by ${method} with an exposure of ${percent(figures.exposure)} and ${percent(figures.cash)} in cash${risk}.`;
}
