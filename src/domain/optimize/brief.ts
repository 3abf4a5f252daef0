import { z } from "zod";
import type { OptimizeReport } from "./report.ts";
import { contributionSchema, optimizeReportSchema, trialSchema } from "./report.ts";

/** The capability, as agents call it. */
export const OPTIMIZE = "optimize_agent_prompts";

/** What a model is told of an optimisation: policies and prose stay in the report. */
export const optimizeBriefSchema = z.object({
  ...optimizeReportSchema.pick({
    runId: true,
    agent: true,
    metric: true,
    target: true,
    targetReached: true,
    budget: true,
    endedBecause: true,
    chosenBecause: true,
    promoted: true,
    notImproved: true,
  }).shape,
  simulated: z.boolean(),
  symbols: z.array(z.string()),
  from: z.string(),
  to: z.string(),
  baseline: z.object({ version: z.string(), validation: z.number().nullable() }),
  attribution: z.array(contributionSchema.pick({ agent: true, certaintyEquivalent: true })),
  trials: z.array(
    trialSchema
      .pick({ number: true, version: true, pValue: true, deflatedSharpe: true, verdict: true, reason: true })
      .extend({ training: z.number().nullable(), validation: z.number().nullable() }),
  ),
  holdout: z.string(),
});

export type OptimizeBrief = z.output<typeof optimizeBriefSchema>;

export function briefOf(report: OptimizeReport): OptimizeBrief {
  const { data, baseline, attribution, trials, holdout, metric } = report;
  return optimizeBriefSchema.parse({
    ...report,
    simulated: data.simulated,
    symbols: data.symbols,
    from: data.from,
    to: data.to,
    baseline: { version: baseline.version, validation: baseline.metrics.validation[metric] },
    attribution,
    trials: trials.map((trial) => ({
      ...trial,
      training: trial.metrics?.train[metric] ?? null,
      validation: trial.metrics?.validation[metric] ?? null,
    })),
    holdout: holdout.says,
  });
}
