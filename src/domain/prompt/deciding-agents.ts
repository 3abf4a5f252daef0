/** The agents whose policy decides something, and whose prompt can therefore be tried on a market. */
export const DECIDING_AGENTS = ["alpha", "risk", "portfolio"] as const;

export type DecidingAgent = (typeof DECIDING_AGENTS)[number];
