import { z } from "zod";

const scoreSchema = z.object({
  criterion: z.string(),
  passed: z.boolean(),
  detail: z.string().describe("What was expected and what was seen"),
});

export const sampleSchema = z.object({
  id: z.string(),
  seed: z.number().int(),
  ms: z.number(),
  passed: z.boolean().describe("Whether every criterion passed"),
  scores: z.array(scoreSchema),
  measurements: z.array(z.object({ name: z.string(), value: z.number() })),
});

export type SampleResult = z.output<typeof sampleSchema>;

export const suiteResultSchema = z.object({
  suite: z.string(),
  claim: z.string(),
  /** In the order of the cases. */
  samples: z.array(sampleSchema),
  notRun: z
    .array(z.object({ id: z.string(), criteria: z.number().int() }))
    .describe("Cases that were to be run and were not"),
  absent: z
    .array(z.string())
    .optional()
    .describe("What has no cases here, for want of data: a sentence each"),
});

export type SuiteResult = z.output<typeof suiteResultSchema>;

export const subjectResultSchema = z.object({
  subject: z.string(),
  prompts: z.record(z.string(), z.string()).describe("Prompt version in force, by agent"),
  cutoff: z.string().nullable().describe("Last day of what the model was trained on; null: not stated"),
  suites: z.array(suiteResultSchema),
  costUsd: z.number().nullable().describe("Null where a price is not known"),
  ms: z.number(),
});

export type SubjectResult = z.output<typeof subjectResultSchema>;

/** What `--json` prints, `--save` writes and `--compare` reads. */
export const evalReportSchema = z.object({
  kind: z.literal("finagent-evals"),
  code: z.string().describe("Version of FinAgent"),
  seed: z.number().int(),
  startedAt: z.string(),
  stopped: z.string().nullable().describe("Why the run ended before its end"),
  subjects: z.array(subjectResultSchema),
});

export type EvalReport = z.output<typeof evalReportSchema>;
