import { StateSchema, UntrackedValue } from "@langchain/langgraph";
import { z } from "zod";
import { optimizeInputSchema } from "../domain/optimize/input.ts";
import { contributionSchema, optimizeReportSchema, trialSchema } from "../domain/optimize/report.ts";
import { DECIDING_AGENTS } from "../domain/prompt/deciding-agents.ts";
import { stepSchema } from "../domain/run/step.ts";
import { NO_USAGE, usageSchema } from "../domain/run/usage.ts";

/** What a later step must know of a candidate; the whole of it lies in the artifact store under `trial`. */
const triedSchema = z.object({
  ...trialSchema.pick({ number: true, version: true, verdict: true }).shape,
  trial: z.string(),
  /** Why a proposal was not valid, for the next one. */
  problem: z.string().nullable(),
});

/** A version that was tried: what was proposed, and its figures and returns. */
const candidateSchema = z.object({ version: z.string(), proposal: z.string(), evaluation: z.string() });

export const optimizerInput = new StateSchema(optimizeInputSchema.shape);

/** Ids and short summaries only; policies, prose and returns lie in the artifact store. */
export const optimizerState = new StateSchema({
  ...optimizeInputSchema.shape,
  agent: z.enum(DECIDING_AGENTS).optional(),
  chosenBecause: z.string().default(""),
  dataSet: z.string().default(""),
  dataReport: z.string().default(""),
  /** Results of other optimisations count up to here, ISO 8601. */
  since: z.string().default(""),
  /** Figures and returns of the versions in force. */
  baseline: z.string().default(""),
  /** The last version that the gate let through: each has to be better than the one before. */
  best: candidateSchema.nullable().default(null),
  attribution: z.array(contributionSchema).default([]),
  regimes: optimizeReportSchema.shape.regimes.default([]),
  /** Under way: proposed, and not yet judged. */
  proposal: z.string().nullable().default(null),
  candidate: candidateSchema.nullable().default(null),
  tried: z.array(triedSchema).default([]),
  /** Why no more candidates are tried; empty as long as there will be. */
  endedBecause: z.string().default(""),
  holdout: optimizeReportSchema.shape.holdout.nullable().default(null),
  promoted: z.string().nullable().default(null),
  flags: z.array(z.string()).default([]),
  steps: z.array(stepSchema).default([]),
  usage: usageSchema.default(NO_USAGE),
  report: new UntrackedValue(optimizeReportSchema),
});

export type OptimizerState = typeof optimizerState.State;
export type OptimizerUpdate = typeof optimizerState.Update;

export const optimizerOutput = new StateSchema({ report: optimizeReportSchema });
