import { z } from "zod";
import { FinAgentError } from "../../domain/errors.ts";
import { constraintsSchema } from "../../domain/policy/constraints.ts";
import { RISK_LEVELS, riskLevelSchema } from "../../domain/policy/risk.ts";
import type { RiskReport } from "../../domain/risk/report.ts";
import { symbolsSchema } from "../../domain/run/symbols-input.ts";
import { riskPrompt } from "../../prompts/risk.ts";
import { measureRiskTool } from "../../tools/measure-risk.ts";
import { defineSpecialist } from "../specialist.ts";

const claimSchema = z.object({
  level: riskLevelSchema.describe("At least the level that measure_risk returned"),
  reasons: z.array(z.string()).min(1),
  allowedExposure: z.number().min(0).max(1).describe("At most what measure_risk returned"),
  volatility: z.number().nullable(),
  summary: z.string(),
});

export const riskAgent = defineSpecialist({
  role: "risk",
  toolName: "ask_risk_agent",
  description:
    "Ask the risk agent about a book of the data set's symbols: level LOW, MODERATE or HIGH with reasons, volatility, VaR and ES, drawdown, beta, stress losses, breaches and the allowed exposure. Returns a riskId, which every portfolio needs.",
  decides: true,
  prompt: riskPrompt,
  input: z.object({
    dataSetId: z.string().describe("From fetch_market_data"),
    symbols: symbolsSchema.optional().describe("Default: all of the data set"),
    weights: z.record(z.string(), z.number()).optional().describe("Default: equal weight"),
    constraints: constraintsSchema.default({}),
  }),
  tools: [measureRiskTool],
  claim: claimSchema,
  rules: (ctx, input) => measureRiskTool.run(ctx, input),
  settle: async (ctx, input, claim) => tighten(await measureRiskTool.run(ctx, input), claim),
  summarise: (report) => `${report.level}, exposure up to ${(100 * report.allowedExposure).toFixed(1)}%`,
});

/** A model may be more careful than the policy, never less. */
function tighten(measured: RiskReport, claim: z.output<typeof claimSchema>): RiskReport {
  if (RISK_LEVELS.indexOf(claim.level) < RISK_LEVELS.indexOf(measured.level)) {
    throw new FinAgentError(
      "LIMIT_REFUSED",
      `The level is ${measured.level}; it cannot be called ${claim.level}.`,
    );
  }
  if (claim.allowedExposure > measured.allowedExposure + 1e-6) {
    throw new FinAgentError(
      "LIMIT_REFUSED",
      `The policy allows an exposure of ${measured.allowedExposure}; ${claim.allowedExposure} is more.`,
    );
  }
  const tightened = claim.allowedExposure < measured.allowedExposure - 5e-4;
  return {
    ...measured,
    level: claim.level,
    reasons: claim.level === measured.level ? measured.reasons : [...measured.reasons, ...claim.reasons],
    allowedExposure: tightened ? claim.allowedExposure : measured.allowedExposure,
    exposureReasons: tightened
      ? [...measured.exposureReasons, "The risk agent's model allows less than its policy."]
      : measured.exposureReasons,
    summary: claim.summary,
  };
}
