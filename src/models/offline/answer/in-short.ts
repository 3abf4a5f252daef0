import { alikeReasons } from "../../../domain/run/alike-reasons.ts";
import { change, inline, percent } from "../format.ts";
import { bullets } from "../markdown.ts";
import type { BacktestResult, PortfolioResult, Results, RiskResult } from "../plan/results.ts";
import { neverTraded } from "./backtest-section.ts";
import { buysNoShare, holdsNothing } from "./portfolio-section.ts";

/** Reasons for holding nothing that are told up here. */
const REASONS = 3;

/** Under the headline of a proposal: what it holds, what limits it, and whether its policies have earned trust. */
export function inShort({ portfolio, risk, backtest }: Results): string {
  if (portfolio === undefined) return "";
  return bullets([
    ...holdings(portfolio),
    ...limit(portfolio, risk),
    ...(backtest === undefined ? [] : trust(backtest)),
  ]);
}

function holdings(portfolio: PortfolioResult): string[] {
  // Of one name the headline says it all.
  if ((portfolio.positions?.length ?? 0) < 2) return [];
  const held = (portfolio.positions ?? []).map((one) => `${inline(one.symbol ?? "")} ${percent(one.weight)}`);
  return [`Proposed: ${held.join(", ")}, cash ${percent(portfolio.cash)}`];
}

/** The tightest of the reasons, which the risk agent names first; a cap of the portfolio's own where that binds. */
function limit(portfolio: PortfolioResult, risk: RiskResult | undefined): string[] {
  if (holdsNothing(portfolio)) return whyCash(portfolio);
  if (buysNoShare(portfolio)) return (portfolio.limits ?? []).map((one) => `Limited by: ${inline(one)}`);
  const own = portfolio.limits?.find((one) => !one.startsWith("Risk allows"));
  const [tightest] = risk?.exposureReasons ?? [];
  const binds = (portfolio.exposure ?? 0) < (portfolio.allowedExposure ?? 0) - 1e-6 ? own : tightest;
  return binds === undefined ? [] : [`Limited by: ${inline(binds)}`];
}

function whyCash({ excluded, limits }: PortfolioResult): string[] {
  const reasons = [...alikeReasons(excluded ?? []), ...(limits ?? [])].slice(0, REASONS);
  return reasons.map((reason) => `Nothing to hold: ${inline(reason)}`);
}

function trust(backtest: BacktestResult): string[] {
  const { metrics, benchmark, verdict } = backtest;
  if (verdict?.conclusion === undefined) return [];
  const held = change(benchmark?.metrics?.totalReturn);
  const did = neverTraded(backtest) ? "never traded" : `returned ${change(metrics?.totalReturn)}`;
  return [`Backtest: the policies ${did}, buy and hold ${held}; verdict: ${verdict.conclusion}`];
}
