import { z } from "zod";
import { planTaskSchema } from "./plan.ts";
import { decisionCountsSchema } from "./provenance.ts";
import { runReportSchema } from "./report.ts";
import { runStatusSchema } from "./run-header.ts";
import { stepSchema } from "./step.ts";
import { usageSchema } from "./usage.ts";

const place = { seq: z.number().int().describe("Counts from 1"), at: z.string() };

/** One event of a run, as its journal keeps it. */
export const journalEntrySchema = z.discriminatedUnion("type", [
  z.object({ ...place, type: z.literal("started") }),
  z.object({ ...place, type: z.literal("resumed") }),
  z.object({ ...place, type: z.literal("plan"), plan: z.array(planTaskSchema) }),
  z.object({
    ...place,
    type: z.literal("step-started"),
    agent: z.string(),
    tool: z.string(),
    label: z.string(),
    input: z.unknown().optional().describe("What the tool was called with, where a model called it"),
  }),
  z.object({
    ...place,
    type: z.literal("step-finished"),
    step: stepSchema.extend({
      decisions: decisionCountsSchema.optional().describe("Of a step that decided more than once"),
    }),
  }),
  z.object({
    ...place,
    type: z.literal("model-call"),
    agent: z.string(),
    model: z.string(),
    ms: z.number().describe("Wall-clock milliseconds"),
    inputTokens: z.number().int(),
    outputTokens: z.number().int(),
    cost: usageSchema.shape.cost.default(null),
  }),
  z.object({
    ...place,
    type: z.literal("error"),
    code: z.string(),
    message: z.string(),
    hint: z.string().optional(),
    details: z.unknown().optional(),
  }),
  z.object({
    ...place,
    type: z.literal("finished"),
    status: runStatusSchema,
    report: z.string().nullable(),
    decisions: decisionCountsSchema.nullable(),
    usage: runReportSchema.shape.usage.nullable(),
  }),
]);

export type JournalEntry = z.output<typeof journalEntrySchema>;
