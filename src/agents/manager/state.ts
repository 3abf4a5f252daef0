import { ReducedValue, StateSchema } from "@langchain/langgraph";
import { z } from "zod";
import { type PlanTask, type PlanUpdate, planTaskSchema, updatePlan } from "../../domain/run/plan.ts";
import { type Step, stepSchema } from "../../domain/run/step.ts";
import { addUsage, NO_USAGE, usageSchema } from "../../domain/run/usage.ts";

/** Ids of what the specialists have reported; the artifacts themselves lie in the artifact store. */
export const referencesSchema = z.object({
  data: z.string().optional(),
  alpha: z.string().optional(),
  risk: z.string().optional(),
  portfolio: z.string().optional(),
  backtest: z.string().optional(),
});

export type References = z.output<typeof referencesSchema>;

/** What the manager's loop keeps beside its messages. Tools that run side by side each add their part. */
export const managerState = new StateSchema({
  asOf: z.number().nullable().default(null),
  plan: new ReducedValue(z.array(planTaskSchema).default([]), {
    inputSchema: z.custom<PlanUpdate>(),
    reducer: (plan: PlanTask[], update: PlanUpdate) => updatePlan(plan, update),
  }),
  steps: new ReducedValue(z.array(stepSchema).default([]), {
    inputSchema: z.array(stepSchema),
    reducer: (steps: Step[], more: Step[]) => [...steps, ...more],
  }),
  references: new ReducedValue(referencesSchema.default({}), {
    inputSchema: referencesSchema,
    // A new data set starts a new analysis: reports on the one before do not belong to it.
    reducer: (held: References, more: References) => (more.data === undefined ? { ...held, ...more } : more),
  }),
  usage: new ReducedValue(usageSchema.default(NO_USAGE), {
    inputSchema: usageSchema,
    reducer: addUsage,
  }),
});

/** The part of the state that a tool of the manager reads. */
export const toolStateSchema = z.object({
  asOf: z.number().nullable().default(null),
  plan: z.array(planTaskSchema).default([]),
});
