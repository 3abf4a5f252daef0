import { z } from "zod";
import { riskLevelSchema } from "../policy/risk.ts";
import { differenceSchema } from "./differences.ts";
import { decisionCountsSchema } from "./provenance.ts";
import { runReportSchema } from "./report.ts";
import { runStatusSchema } from "./run-header.ts";

const pair = <S extends z.ZodType>(side: S) => z.object({ a: side, b: side });

const rebalanceSchema = runReportSchema.shape.rebalances.element.omit({ time: true });

/** Two runs side by side. */
export const runDiffSchema = z.object({
  a: z.string(),
  b: z.string(),
  identity: z.array(differenceSchema).describe("What was asked, and what it was run with"),
  status: pair(runStatusSchema),
  decisions: z.object({
    by: pair(decisionCountsSchema.nullable()),
    level: pair(riskLevelSchema.nullable()),
    allowedExposure: pair(z.number().nullable()),
    weights: z
      .array(z.object({ symbol: z.string(), a: z.number(), b: z.number() }))
      .describe("Last weights that differ"),
    rebalances: pair(z.number().int()).extend({
      differing: z.number().int(),
      first: z
        .array(pair(rebalanceSchema.nullable()).extend({ time: z.string() }))
        .describe("The first dates at which something else was decided; null: not a date of that run"),
    }),
    answer: z.boolean().describe("Whether the answers in words are the same"),
  }),
  money: z
    .array(
      pair(z.number().nullable()).extend({
        figure: z.enum(["finalEquity", "totalReturn", "costs", "maxDrawdown", "sharpe"]),
        difference: z
          .number()
          .nullable()
          .describe("b - a; null too where one run is partial, so that its figures end before the other's"),
      }),
    )
    .describe("Empty where neither run was a backtest of one portfolio"),
  usage: pair(runReportSchema.shape.usage.nullable()),
  report: z
    .array(differenceSchema)
    .describe("Of runs that are no backtest of one portfolio: the first fields in which the reports differ"),
});

export type RunDiff = z.output<typeof runDiffSchema>;
