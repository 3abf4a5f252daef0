import { z } from "zod";
import { constraintsSchema } from "../policy/constraints.ts";
import { portfolioPolicySchema, weightingMethodSchema } from "../policy/portfolio.ts";

const statistic = z.number().nullable();

/** The portfolio agent's typed artefact. Weights are fractions of capital; what they leave is cash. */
export const portfolioReportSchema = z.object({
  asOf: z.string(),
  dataSetId: z.string(),
  alphaId: z.string(),
  riskId: z.string(),
  policy: portfolioPolicySchema,
  constraints: constraintsSchema,
  method: weightingMethodSchema,
  capital: z.number().positive().describe("In the currency of the prices"),
  weights: z.record(z.string(), z.number()),
  cash: z.number().describe("Fraction of capital left uninvested"),
  exposure: z.number().describe("Sum of absolute weights"),
  allowedExposure: z.number().describe("What the risk report and its policy's limits allow"),
  positions: z.array(
    z.object({
      symbol: z.string(),
      weight: z.number(),
      price: z.number().describe("Last known price for orders"),
      shares: z.number().int(),
      notional: z.number(),
      score: z.number(),
    }),
  ),
  cashAmount: z.number().describe("Capital less the notional of whole shares and the cost"),
  expectedReturn: statistic.describe("Annual, from the scores (see the policy's informationCoefficient)"),
  volatility: statistic.describe("Annual, from the shrunk covariance"),
  turnover: z.number().describe("Sum of absolute weight changes against the current holdings"),
  cost: z.number().describe("Estimated cost of the trades in money"),
  excluded: z.array(z.object({ symbol: z.string(), reason: z.string() })),
  limits: z.array(z.string()).describe("Which limits bound, in words"),
  wouldChange: z.array(z.string()).describe("What would change this conclusion"),
  summary: z.string(),
});

export type PortfolioReport = z.output<typeof portfolioReportSchema>;
