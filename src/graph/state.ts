import { MessagesValue, StateSchema, UntrackedValue } from "@langchain/langgraph";
import { z } from "zod";
import { referencesSchema } from "../agents/manager/state.ts";
import { planTaskSchema } from "../domain/run/plan.ts";
import { pipelineInputSchema } from "../domain/run/pipeline-input.ts";
import { runReportSchema } from "../domain/run/report.ts";
import { stepSchema } from "../domain/run/step.ts";
import { NO_USAGE, usageSchema } from "../domain/run/usage.ts";

const asOfDate = z.iso.date().nullable().optional().describe("Nothing later than this day is looked at");

/** What the manager graph takes: a request in words, or the messages of a chat. */
export const managerInput = new StateSchema({
  request: z.string().optional().describe("What you want to know, e.g. Analyze AAPL for the last 6 months"),
  asOf: asOfDate,
  messages: MessagesValue,
});

/** Ids and short summaries only: bars, curves and reports lie in the artifact store. */
export const managerState = new StateSchema({
  request: z.string().default(""),
  asOf: asOfDate,
  messages: MessagesValue,
  plan: z.array(planTaskSchema).default([]),
  steps: z.array(stepSchema).default([]),
  references: referencesSchema.default({}),
  usage: usageSchema.default(NO_USAGE),
  /** Composed from the artifacts at the end, and not checkpointed: it can be composed again. */
  report: new UntrackedValue(runReportSchema),
});

export const managerOutput = new StateSchema({
  messages: MessagesValue,
  plan: z.array(planTaskSchema),
  report: runReportSchema,
});

/** Ids of what each stage decided over all rebalance dates. */
const rollingSchema = z.object({ alpha: z.string(), risk: z.string(), portfolio: z.string() }).partial();

export const pipelineInput = new StateSchema(pipelineInputSchema.shape);

export const pipelineState = new StateSchema({
  ...pipelineInputSchema.shape,
  references: referencesSchema.default({}),
  rolling: rollingSchema.default({}),
  steps: z.array(stepSchema).default([]),
  usage: usageSchema.default(NO_USAGE),
  report: new UntrackedValue(runReportSchema),
});

export const pipelineOutput = new StateSchema({ report: runReportSchema });
