import { z } from "zod";
import { windowSchema } from "../market/window.ts";
import { constraintsSchema } from "../policy/constraints.ts";
import { DECIDING_AGENTS } from "../prompt/deciding-agents.ts";
import { pipelineSettingsSchema } from "../run/pipeline-input.ts";
import { symbolsSchema } from "../run/symbols-input.ts";
import { optimizeMetricSchema } from "./metric.ts";

/** Eight years: each of four folds then has about half a year to validate on. */
export const DEFAULT_OPTIMIZE_MONTHS = 96;

/** An optimisation, on every surface. */
export const optimizeInputSchema = z.strictObject({
  agent: z
    .enum(DECIDING_AGENTS)
    .optional()
    .describe("Whose prompt is rewritten; default: the agent that costs most in the attribution"),
  metric: optimizeMetricSchema.default("sharpe").describe("What is to be improved"),
  target: z.number().describe("The search ends once the validation folds reach it; drawdowns are negative"),
  current: z
    .number()
    .optional()
    .describe("What the caller takes the metric to be; it is measured all the same, and a gap is told"),
  budget: z.number().int().min(1).max(200).default(12).describe("Candidates that may be tried"),
  symbols: symbolsSchema,
  ...windowSchema.shape,
  lastMonths: windowSchema.shape.lastMonths.describe(
    `Instead of from: this many months back from the end; default: ${DEFAULT_OPTIMIZE_MONTHS}`,
  ),
  asOf: z.iso.date().optional().describe("Nothing later than this day is looked at"),
  folds: z
    .number()
    .int()
    .min(2)
    .max(10)
    .optional()
    .describe("Each of a training and a validation span; default: 4, or as many as the window has room for"),
  constraints: constraintsSchema.default({}),
  settings: pipelineSettingsSchema.prefault({}).describe("Costs are part of every figure"),
  dryRun: z.boolean().default(false).describe("Judge, but promote nothing"),
});

export type OptimizeInput = z.output<typeof optimizeInputSchema>;
