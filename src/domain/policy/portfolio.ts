import { z } from "zod";

export const WEIGHTING_METHODS = [
  "equal-weight",
  "inverse-volatility",
  "minimum-variance",
  "maximum-sharpe",
  "risk-parity",
  "hierarchical-risk-parity",
] as const;

export const weightingMethodSchema = z.enum(WEIGHTING_METHODS);

export type WeightingMethod = z.output<typeof weightingMethodSchema>;

/** What the portfolio agent decides by. Weights are fractions of equity. */
export const portfolioPolicySchema = z.object({
  method: weightingMethodSchema,
  lookbackBars: z.number().int().min(20).max(2000).describe("Window of the covariance estimate"),
  maxNames: z.number().int().min(1).max(200),
  maxWeight: z
    .number()
    .positive()
    .max(1)
    .describe("Cap per name; void where fewer names are chosen than fill the portfolio at it"),
  longOnly: z.boolean(),
  informationCoefficient: z
    .number()
    .positive()
    .max(0.5)
    .describe("Expected excess return of a name = IC x volatility x score (Grinold and Kahn)"),
  maxTurnover: z.number().positive().max(2).describe("Sum of absolute weight changes per rebalance"),
  minTrade: z.number().min(0).max(0.2).describe("Weight changes smaller than this are not traded"),
  minCash: z.number().min(0).max(1),
  rebalanceBars: z.number().int().min(1).max(1000),
});

export type PortfolioPolicy = z.output<typeof portfolioPolicySchema>;
