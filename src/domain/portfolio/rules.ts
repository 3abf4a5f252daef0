import type { Constraints } from "../policy/constraints.ts";
import type { PortfolioPolicy } from "../policy/portfolio.ts";

/** The policy tightened by what the person asked for. */
export interface PortfolioRules {
  readonly longOnly: boolean;
  readonly maxNames: number;
  readonly minCash: number;
  /** The policy's cap per name, as a fraction of what is invested. */
  readonly maxWeight: number;
  /** The person's cap per name, as a fraction of equity; 1 where none was asked for. */
  readonly hardCap: number;
}

export function portfolioRules(policy: PortfolioPolicy, constraints: Constraints): PortfolioRules {
  return {
    longOnly: policy.longOnly || constraints.longOnly === true,
    maxNames: Math.min(policy.maxNames, constraints.maxNames ?? Infinity),
    minCash: Math.max(policy.minCash, constraints.minCash ?? 0),
    maxWeight: policy.maxWeight,
    hardCap: constraints.maxWeight ?? 1,
  };
}
