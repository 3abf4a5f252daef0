import { z } from "zod";
import { dataReportSchema } from "../market/data-set.ts";
import { DECIDING_AGENTS } from "../prompt/deciding-agents.ts";
import { runReportSchema } from "../run/report.ts";
import { usageSchema } from "../run/usage.ts";
import { stepSchema } from "../run/step.ts";
import { figuresSchema, optimizeMetricSchema } from "./metric.ts";

const agentSchema = z.enum(DECIDING_AGENTS);

const policySchema = z.record(z.string(), z.unknown());

export const spanSchema = z.object({
  from: z.string().describe("Open of the first bar, ISO 8601"),
  to: z.string().describe("Close of the last bar"),
  bars: z.number().int(),
});

export const foldSchema = z.object({
  number: z.number().int().describe("From 1, in the order of time"),
  train: spanSchema,
  validation: spanSchema,
});

/** The figures of one version by span. */
export const measuredSchema = z.object({
  train: figuresSchema.describe("All training spans one after the other"),
  validation: figuresSchema.describe("All validation spans one after the other"),
  folds: z.array(z.object({ train: figuresSchema, validation: figuresSchema })),
});

/** What one agent adds: the team's figures on the training spans less those with a neutral stand-in in its place. */
export const contributionSchema = z.object({
  agent: agentSchema,
  standIn: z.string().describe("What stood in for it"),
  without: figuresSchema.describe("Of the team with the stand-in"),
  certaintyEquivalent: z
    .number()
    .describe("Annual return less half the risk aversion times the variance, gained by having the agent"),
  annualReturn: z.number().nullable(),
  volatility: z.number().nullable(),
  sharpe: z.number().nullable(),
  maxDrawdown: z.number().nullable().describe("Above 0: the agent makes drawdowns shallower"),
});

export const checkSchema = z.object({
  name: z.enum(["improvement", "p-value", "deflated Sharpe", "drawdown"]),
  passed: z.boolean(),
  value: z.number().nullable(),
  bound: z.number(),
  says: z.string().describe("In a sentence, with the figures"),
});

export const trialSchema = z.object({
  number: z.number().int().describe("From 1; an invalid proposal has one too"),
  version: z.string().nullable().describe("Null where the proposal was not valid"),
  parent: z.string(),
  author: z.enum(["optimizer", "model"]),
  reasoning: z.string(),
  policy: policySchema.nullable(),
  policyChanges: z
    .array(z.object({ field: z.string(), from: z.unknown(), to: z.unknown() }))
    .describe("Against the parent"),
  proseDiff: z.string().describe("Unified diff of the instructions against the parent's"),
  metrics: measuredSchema.nullable(),
  difference: z
    .object({ value: z.number(), low: z.number(), high: z.number(), confidence: z.number() })
    .nullable()
    .describe("Of the metric on the validation spans, this version less the best so far, with its interval"),
  pValue: z
    .number()
    .nullable()
    .describe("One-sided, paired stationary block bootstrap on the validation spans"),
  deflatedSharpe: z.number().nullable(),
  sharpePerPeriod: z
    .number()
    .nullable()
    .describe("On the validation spans; later candidates are deflated by it"),
  checks: z.array(checkSchema),
  verdict: z.enum(["invalid", "rejected", "accepted", "promoted", "not confirmed"]),
  reason: z.string(),
});

/** The stated bounds of the gate; no prompt, model or optimizer can write them. */
export const gateSchema = z.object({
  level: z.number().describe("Error rate of one optimisation: it is divided by the budget for each p-value"),
  pValueBound: z.number().describe("level / budget"),
  deflatedSharpe: z.number().describe("Least value"),
  drawdown: z.number().describe("A maximum drawdown may be deeper than the baseline's by this much"),
  holdoutLevel: z.number().describe("Bound of the p-value on the hold-out, divided by its openings"),
  triedBefore: z.number().int().describe("Candidates of this agent that earlier optimisations tried"),
  tried: z.number().int().describe("All of them, those of this optimisation included"),
});

export const optimizeReportSchema = z.object({
  runId: z.string(),
  threadId: z.string(),
  status: z.enum(["done"]),
  agent: agentSchema,
  chosenBecause: z.string(),
  metric: optimizeMetricSchema,
  target: z.number(),
  targetReached: z
    .boolean()
    .describe("On the validation spans, by the version in force or one that was accepted and not refuted"),
  budget: z.number().int(),
  endedBecause: z.string(),
  data: z.object({
    source: z.string(),
    simulated: z.boolean(),
    symbols: z.array(z.string()),
    from: z.string(),
    to: z.string(),
    hash: z.string(),
    findings: dataReportSchema.shape.findings,
  }),
  folds: z.array(foldSchema),
  baseline: z.object({ version: z.string(), policy: policySchema, metrics: measuredSchema }),
  regimes: z
    .array(z.object({ regime: z.string(), bars: z.number().int(), figures: figuresSchema }))
    .describe("The baseline on the training bars, by regime"),
  attribution: z.array(contributionSchema).describe("The agent that costs most comes first"),
  gate: gateSchema,
  trials: z.array(trialSchema),
  holdout: z.object({
    span: spanSchema,
    opened: z.boolean(),
    openedBefore: z.number().int().describe("Optimisations that have looked at bars of it"),
    version: z.string().nullable().describe("The version for which it was opened"),
    baseline: figuresSchema.nullable(),
    candidate: figuresSchema.nullable(),
    pValue: z.number().nullable(),
    confirmed: z.boolean(),
    says: z.string(),
  }),
  promoted: z.string().nullable().describe("Version that is now in force; live use waits for a person"),
  notImproved: z.array(z.string()).describe("What could not be improved, and what that means"),
  flags: z.array(z.string()),
  steps: z.array(stepSchema),
  usage: usageSchema,
  prompts: runReportSchema.shape.prompts,
  model: z.string().describe("Who proposed: offline means the seeded search"),
  code: z.string(),
  seed: z.number().int(),
});

export type OptimizeReport = z.output<typeof optimizeReportSchema>;
export type Trial = z.output<typeof trialSchema>;
export type Contribution = z.output<typeof contributionSchema>;
export type GateBounds = z.output<typeof gateSchema>;
export type Measured = z.output<typeof measuredSchema>;
export type GateCheck = z.output<typeof checkSchema>;
export type FoldSpan = z.output<typeof spanSchema>;
