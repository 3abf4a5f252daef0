import { z } from "zod";
import { riskLevelSchema, riskPolicySchema } from "../policy/risk.ts";

const statistic = z.number().nullable();

/** VaR and ES are positive fractions of equity lost; drawdowns and stress returns are negative. */
export const riskReportSchema = z.object({
  asOf: z.string(),
  dataSetId: z.string(),
  policy: riskPolicySchema,
  /** The book that the figures are of. */
  weights: z.record(z.string(), z.number()).describe("The book measured; equal weight where none was given"),
  basis: z.enum(["given", "equal-weight", "single"]),
  unmeasured: z
    .array(z.object({ symbol: z.string(), reason: z.string() }))
    .describe("Symbols left out of the book for want of bars; no portfolio may hold them"),
  bars: z.number().int().describe("Bars in the look-back window"),
  level: riskLevelSchema,
  reasons: z.array(z.string()).min(1),
  allowedExposure: z.number().min(0).max(1),
  exposureReasons: z.array(z.string()),
  volatility: statistic.describe("Annualised, sample standard deviation"),
  valueAtRisk: z.object({ confidence: z.number(), historical: statistic, parametric: statistic }),
  expectedShortfall: z.object({ confidence: z.number(), historical: statistic, parametric: statistic }),
  maxDrawdown: statistic,
  currentDrawdown: statistic,
  beta: z.object({ benchmark: z.string(), value: statistic }).nullable(),
  correlation: z.object({
    mean: statistic,
    highest: z.object({ pair: z.array(z.string()).length(2), value: z.number() }).nullable(),
  }),
  concentration: z.object({
    herfindahl: statistic,
    effectiveNames: statistic,
    largest: z.object({ symbol: z.string(), weight: z.number() }).nullable(),
  }),
  stress: z.array(
    z.object({
      scenario: z.string(),
      kind: z.enum(["historical", "hypothetical"]),
      description: z.string(),
      shock: z.number().describe("Move of the market that the scenario applies"),
      return: statistic.describe("Resulting return of the book"),
    }),
  ),
  breaches: z.array(
    z.object({
      limit: z.enum(["maxDrawdown", "maxStressLoss"]),
      value: z.number().describe("The current drawdown, or the worst stress loss of a fully invested book"),
      maximum: z.number(),
      message: z.string(),
    }),
  ),
  perSymbol: z.array(
    z.object({
      symbol: z.string(),
      volatility: statistic,
      valueAtRisk: statistic,
      maxDrawdown: statistic,
      currentDrawdown: statistic,
      beta: statistic,
    }),
  ),
  absent: z.record(z.string(), z.string()).describe("Why a figure is null, by its path"),
  summary: z.string(),
});

export type RiskReport = z.output<typeof riskReportSchema>;
