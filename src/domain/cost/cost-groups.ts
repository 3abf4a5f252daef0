/** By what costs are summed up. */
export const COST_GROUPS = ["day", "run", "agent", "model"] as const;

export type CostGroup = (typeof COST_GROUPS)[number];
