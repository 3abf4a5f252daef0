import { z } from "zod";

export const RISK_LEVELS = ["LOW", "MODERATE", "HIGH"] as const;

export const riskLevelSchema = z.enum(RISK_LEVELS);

export type RiskLevel = z.output<typeof riskLevelSchema>;

const thresholdsSchema = z.object({
  volatility: z.number().positive().describe("Annualised"),
  valueAtRisk: z.number().positive().describe("One-day historical VaR as a positive fraction"),
  drawdown: z.number().positive().max(1).describe("Drawdown from the window's high, as a positive fraction"),
});

/** What the risk agent decides by. Fractions throughout; look-back in bars. */
export const riskPolicySchema = z.object({
  lookbackBars: z.number().int().min(20).max(1000),
  confidence: z.number().min(0.8).max(0.999),
  volatilityTarget: z.number().positive().max(2).describe("Annualised; exposure is scaled down to it"),
  moderateFrom: thresholdsSchema.describe("Any one reached makes the level at least MODERATE"),
  highFrom: thresholdsSchema.describe("Any one reached makes the level HIGH"),
  maxDrawdown: z.number().positive().max(1).describe("A deeper current drawdown is a breach"),
  maxStressLoss: z
    .number()
    .positive()
    .max(1)
    .describe("The most equity that the worst stress scenario may cost; exposure is scaled down to it"),
  exposureByLevel: z.object({
    LOW: z.number().min(0).max(1),
    MODERATE: z.number().min(0).max(1),
    HIGH: z.number().min(0).max(1),
  }),
  breachExposure: z
    .number()
    .min(0)
    .max(1)
    .describe("Exposure is capped at this while the drawdown is deeper than maxDrawdown"),
});

export type RiskPolicy = z.output<typeof riskPolicySchema>;
