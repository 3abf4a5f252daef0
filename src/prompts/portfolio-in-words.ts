import { rate } from "../domain/format.ts";
import type { PortfolioPolicy, WeightingMethod } from "../domain/policy/portfolio.ts";

const METHODS: Readonly<Record<WeightingMethod, string>> = {
  "equal-weight": "equal weight",
  "inverse-volatility": "inverse volatility",
  "minimum-variance": "minimum variance",
  "maximum-sharpe": "the maximum Sharpe ratio",
  "risk-parity": "risk parity",
  "hierarchical-risk-parity": "hierarchical risk parity",
};

/** What a portfolio policy does, as lines of Markdown. */
export function portfolioInWords(policy: PortfolioPolicy): string[] {
  const names = policy.maxNames === 1 ? "name is" : `${policy.maxNames} names are`;
  return [
    `The best ${names} weighted by ${METHODS[policy.method]}, on the covariance of ${policy.lookbackBars} bars; it is decided anew every ${policy.rebalanceBars} bars.`,
    "",
    `- At most ${rate(policy.maxWeight)} of equity per name; at least ${rate(policy.minCash)} in cash${policy.longOnly ? "; long only" : ""}.`,
    `- At most ${rate(policy.maxTurnover)} of equity is traded at a time; changes below ${rate(policy.minTrade)} are left.`,
    `- Expected returns take an information coefficient of ${policy.informationCoefficient}.`,
  ];
}
