import { z } from "zod";
import { backtestSettingsSchema } from "../backtest/settings.ts";
import { constraintsSchema } from "../policy/constraints.ts";
import { riskPolicySchema } from "../policy/risk.ts";
import { detailSchema } from "./backtest-input.ts";
import { symbolsSchema } from "./symbols-input.ts";

/** How the agents' decisions are traded. */
export const pipelineSettingsSchema = backtestSettingsSchema.extend({
  closeOut: z.boolean().default(false).describe("The portfolio goes on after the last bar"),
});

/** A pipeline run, on every surface. */
export const pipelineInputSchema = z.strictObject({
  symbols: symbolsSchema,
  from: z.iso.date().optional().describe("First day, YYYY-MM-DD; default: one year before `to`"),
  to: z.iso.date().optional().describe("Last day, YYYY-MM-DD; default: the as-of day"),
  asOf: z.iso.date().optional().describe("Nothing later than this day is looked at"),
  rebalance: z
    .number()
    .int()
    .min(1)
    .max(1000)
    .optional()
    .describe("Bars between decisions; default: the portfolio policy's rebalanceBars"),
  agents: z
    .enum(["rules", "llm"])
    .default("rules")
    .describe("rules: the policies; llm: ask the model each time"),
  constraints: constraintsSchema.default({}),
  risk: riskPolicySchema.partial().strict().default({}).describe("Overrides of the risk policy for this run"),
  settings: pipelineSettingsSchema.prefault({}),
  detail: detailSchema,
});

export type PipelineInput = z.output<typeof pipelineInputSchema>;
