import { z } from "zod";
import { decisionCountsSchema } from "./provenance.ts";
import { runReportSchema } from "./report.ts";
import { RUN_STATUSES } from "./run-status.ts";

export const runStatusSchema = z.enum(RUN_STATUSES);

/** What was run, with what, and how it ended. */
export const runHeaderSchema = z.object({
  id: z.string(),
  threadId: z.string(),
  tool: z.string().describe("The capability, e.g. ask, run_pipeline, sweep_strategy"),
  subject: z.string().describe("The request, or the strategy and the symbols"),
  input: z.unknown(),
  status: runStatusSchema,
  startedAt: z.string(),
  endedAt: z.string().nullable(),
  asOf: z.string().nullable().describe("Nothing later was looked at; null: the latest that the source had"),
  source: z.string().describe("The data source"),
  data: z
    .object({ source: z.string(), simulated: z.boolean(), hash: z.string() })
    .nullable()
    .describe("What was read; null where the run did not come to its end"),
  code: z.string().describe("Version of FinAgent"),
  seed: z.number().int(),
  model: z.string(),
  checkpointed: z.boolean().describe("Whether its steps are kept, so that it can go on behind the last one"),
  base: z.string().nullable().describe("The thread's last checkpoint before the run; null: there was none"),
  forkedFrom: z
    .object({
      id: z.string(),
      at: z.string().nullable().describe("The first step that was done anew; null: the first of all"),
      set: z.record(z.string(), z.unknown()),
    })
    .nullable()
    .default(null)
    .describe("The run that this one is a fork of, and what was changed"),
  overrides: z
    .record(z.string(), z.unknown())
    .default({})
    .describe("Fields of policies and instructions that a fork has in place of the program's, by name"),
  clock: z
    .string()
    .nullable()
    .default(null)
    .describe(
      "Where the clock stands for a fork, which is at the time of its first run; null: it goes by itself",
    ),
  models: z.record(z.string(), z.string()).default({}).describe("By agent, where it has one of its own"),
  minModelShare: z
    .number()
    .nullable()
    .default(null)
    .describe("The share of decisions asked of a model below which it is partial; null: not kept"),
  endpoint: z.string().nullable().default(null).describe("Where models are asked, if not at their vendor's"),
  prompts: z
    .record(
      z.string(),
      z.object({
        version: z.string(),
        hash: z.string(),
        over: z
          .string()
          .optional()
          .describe(
            "The version that a program's or a fork's own fields were put over, where there were some",
          ),
      }),
    )
    .describe("By agent; the hash covers the instructions and the policy in force"),
  decisions: decisionCountsSchema.nullable(),
  usage: runReportSchema.shape.usage.nullable(),
  report: z.string().nullable().describe("Content hash of the final report"),
  error: z.string().nullable().describe("Code and message, where it failed"),
});

export type RunHeader = z.output<typeof runHeaderSchema>;

/** What only forks, agents with models of their own and endpoints of one's own have. */
type Special = "forkedFrom" | "overrides" | "clock" | "models" | "endpoint" | "minModelShare";

/** What is known of a run when it begins. */
export type RunBeginning = Omit<
  RunHeader,
  "status" | "startedAt" | "endedAt" | "data" | "decisions" | "usage" | "report" | "error" | Special
> &
  Partial<Pick<RunHeader, Special>>;
