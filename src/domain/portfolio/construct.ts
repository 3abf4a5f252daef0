import type { Signal } from "../alpha/report.ts";
import { FinAgentError } from "../errors.ts";
import type { MarketView } from "../market/view.ts";
import type { Constraints } from "../policy/constraints.ts";
import type { PortfolioPolicy } from "../policy/portfolio.ts";
import { MINIMUM_BARS } from "../risk/common-window.ts";
import { percent } from "../risk/percent.ts";
import type { RiskReport } from "../risk/report.ts";
import { chooseCandidates } from "./candidates.ts";
import { bookVolatility, estimateRisk, expectedReturn, type RiskEstimate } from "./estimate.ts";
import { sizePositions } from "./positions.ts";
import type { PortfolioReport } from "./report.ts";
import { portfolioRules } from "./rules.ts";
import { targetWeights } from "./target-weights.ts";
import { grossOf, limitTrades } from "./trade-limits.ts";
import { wouldChange } from "./would-change.ts";

/** Fraction of the traded notional: the default backtest's commission (5 bp) and slippage (2 bp). */
export const DEFAULT_COST_PER_TURNOVER = 0.0007;

export interface PortfolioOptions {
  readonly dataSetId: string;
  readonly alphaId: string;
  readonly riskId: string;
  readonly policy: PortfolioPolicy;
  readonly constraints: Constraints;
  readonly signals: readonly Signal[];
  /** 0..1, from the risk report. */
  readonly allowedExposure: number;
  readonly capital: number;
  /** Current weights; none or {} is all cash. */
  readonly holdings?: Readonly<Record<string, number>>;
  /** Fraction of the traded notional. */
  readonly costPerTurnover?: number;
  /** The alpha policy's threshold; with it `wouldChange` names the score at which a name enters or leaves. */
  readonly alphaThreshold?: number;
  /** With it `wouldChange` says at which figures the allowed exposure rises or falls. */
  readonly risk?: RiskReport;
}

/**
 * The portfolio that the policy makes of the signals within what risk allows: the best names, weighed by the method on
 * the Ledoit-Wolf covariance of the look-back, under caps, total exposure, cash, turnover and minimum trade, in whole
 * shares at raw prices. Without a candidate it is all cash and says why.
 * @throws FinAgentError BAD_ARGUMENT on a capital, exposure or holding that is no number in range; UNKNOWN_SYMBOL on a
 * signal or holding without data; NUMERICAL where the method has no solution
 */
export function constructPortfolio(view: MarketView, options: PortfolioOptions): PortfolioReport {
  checkArguments(view, options);
  const { policy, constraints, signals, allowedExposure, holdings = {} } = options;
  const rules = portfolioRules(policy, constraints);
  const exposureLimit = Math.min(allowedExposure, 1 - rules.minCash);
  const candidates = chooseCandidates(view, signals, rules, policy.lookbackBars);
  // Sorted, so that neither the order of the signals nor that of the scores reaches the solvers.
  const chosen = candidates.chosen.toSorted((a, b) => (a.symbol < b.symbol ? -1 : 1));
  const estimate = estimateOf(
    view,
    chosen.map((signal) => signal.symbol),
    policy.lookbackBars,
  );

  const target = targetWeights(chosen, estimate, { policy, rules, exposure: exposureLimit });
  const trades = limitTrades(holdings, target.weights, {
    exposureLimit,
    rules,
    maxTurnover: policy.maxTurnover,
    minTrade: policy.minTrade,
    onlyTargets: constraints.maxNames !== undefined,
  });
  const { weights, turnover } = trades;
  const scores = new Map(signals.map((signal) => [signal.symbol, signal.score]));
  const { positions, cashAmount, cost } = sizePositions(view, weights, {
    capital: options.capital,
    cost: (options.costPerTurnover ?? DEFAULT_COST_PER_TURNOVER) * turnover * options.capital,
    scores,
  });

  const names = Object.keys(weights);
  const heldEstimate = names.every((name) => estimate.symbols.includes(name))
    ? estimate
    : estimateOf(view, names.toSorted(), policy.lookbackBars);
  const enough = names.length === 0 || heldEstimate.bars >= MINIMUM_BARS;
  const volatility = enough ? bookVolatility(heldEstimate, weights) : null;
  const exposure = grossOf(weights);
  const cash = 1 - Object.values(weights).reduce((sum, weight) => sum + weight, 0);

  const limits = [
    ...(chosen.length === 0 ? [] : exposureWords(allowedExposure, rules.minCash)),
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
  for (const signal of candidates.chosen) {
    if ((target.weights[signal.symbol] ?? 0) !== 0) continue;
    const reason =
      exposureLimit > 0 ? `The method ${policy.method} gives it no weight.` : "No exposure is allowed.";
    excluded.push({ symbol: signal.symbol, reason });
  }

  return {
    asOf: new Date(view.asOf).toISOString(),
    dataSetId: options.dataSetId,
    alphaId: options.alphaId,
    riskId: options.riskId,
    policy,
    constraints,
    method: policy.method,
    capital: options.capital,
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
      threshold: options.alphaThreshold,
      risk: options.risk,
    }),
    summary: summarise(names.length, policy.method, { exposure, cash, volatility }, excluded.length),
  };
}

function estimateOf(view: MarketView, symbols: readonly string[], lookback: number): RiskEstimate {
  return estimateRisk(
    symbols.map((symbol) => view.bars(symbol)),
    lookback,
  );
}

function exposureWords(allowedExposure: number, minCash: number): string[] {
  if (allowedExposure < 1 - minCash) return [`Risk allows an exposure of ${percent(allowedExposure)}.`];
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

function checkArguments(view: MarketView, options: PortfolioOptions): void {
  const { capital, allowedExposure, holdings = {} } = options;
  if (!Number.isFinite(capital) || capital <= 0) {
    throw new FinAgentError("BAD_ARGUMENT", `The capital must be a positive amount, not ${capital}.`);
  }
  if (!(allowedExposure >= 0 && allowedExposure <= 1)) {
    throw new FinAgentError("BAD_ARGUMENT", `The allowed exposure must lie in 0..1, not ${allowedExposure}.`);
  }
  for (const [symbol, weight] of Object.entries(holdings)) {
    if (Number.isFinite(weight) && (weight === 0 || view.bars(symbol).length > 0)) continue;
    throw new FinAgentError("BAD_ARGUMENT", `The holding of ${symbol} has no weight or no price.`, {
      hint: "Give the holdings as fractions of equity, of symbols in the data set.",
      details: { symbol },
    });
  }
}
