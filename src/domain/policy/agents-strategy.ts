import { z } from "zod";
import type { TargetStrategy } from "../backtest/strategy.ts";
import type { DataSet } from "../market/data-set.ts";
import type { Panel } from "../market/panel.ts";
import type { Policies } from "./policies.ts";
import { portfolioPolicySchema } from "./portfolio.ts";
import { type RollingOptions, rollPolicies, type RuledDecision, targetsOf } from "./rolling.ts";

/** The agents as one of the strategies; the defaults of its parameters are those of their policies. */
export function describeAgents({ portfolio }: Policies) {
  return {
    name: "agents",
    description: "The policies of the agents, deciding anew at every rebalance date",
    params: z.strictObject({
      rebalanceBars: portfolioPolicySchema.shape.rebalanceBars
        .default(portfolio.rebalanceBars)
        .describe("Bars between decisions"),
    }),
  };
}

type AgentsParams = ReturnType<typeof describeAgents>["params"];

export interface AgentsStrategy extends TargetStrategy<AgentsParams> {
  /** The decisions behind the targets, with the reasons for those that hold cash. */
  decisions(panel: Panel, params: z.output<AgentsParams>): RuledDecision[];
}

/**
 * The agents' rules as a strategy: at every rebalance date from the first row of the data set's window on, alpha, risk and
 * portfolio decide from what was known then. The panel may be another than the data set's own, e.g. one whose
 * future was changed.
 */
export function agentsStrategy(dataSet: DataSet, options: RollingOptions): AgentsStrategy {
  const { policies } = options;
  const decisions: AgentsStrategy["decisions"] = (panel, { rebalanceBars }) =>
    rollPolicies(
      { ...dataSet, panel },
      { ...options, policies: { ...policies, portfolio: { ...policies.portfolio, rebalanceBars } } },
    );
  return {
    ...describeAgents(policies),
    decisions,
    targets: (panel, params) => targetsOf(panel, decisions(panel, params)),
  };
}
