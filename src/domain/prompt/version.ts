import { z } from "zod";

/** What came of trying a version on one market: kept for ever, since every further look at the data counts. */
export const trialResultSchema = z.object({
  agent: z.string(),
  version: z.string(),
  runId: z.string().describe("The optimisation that tried it"),
  /** Content hash of the data set, the folds, the settings and the constraints; a version is tried once on each. */
  market: z.string(),
  at: z.string().describe("When, ISO 8601"),
  metric: z.string(),
  baseline: z.number().nullable().describe("The metric of the version in force, on the validation folds"),
  value: z.number().nullable().describe("The metric of this version there"),
  sharpePerPeriod: z.number().nullable().describe("On the validation folds, for the deflated Sharpe ratio"),
  pValue: z.number().nullable(),
  deflatedSharpe: z.number().nullable(),
  verdict: z.enum(["rejected", "accepted", "promoted"]),
  reason: z.string(),
});

export type TrialResult = z.output<typeof trialResultSchema>;

/** What an agent is told and decides by, once and for all: what is changed is another version. */
export const promptVersionSchema = z.object({
  agent: z.string(),
  version: z
    .string()
    .describe("Of the base prompt, then + and the content hash of what differs from it: 1, 1+3f2a9c1b"),
  parent: z.string().nullable(),
  author: z.enum(["base", "person", "optimizer", "model"]),
  model: z.string().nullable().describe("Which one, where a model wrote it"),
  reason: z.string(),
  instructions: z.string(),
  policy: z.record(z.string(), z.unknown()),
  createdAt: z.string().nullable().describe("Null: with FinAgent"),
  status: z.enum(["candidate", "promoted", "retired"]).describe("promoted: in force"),
  live: z
    .object({ by: z.string(), at: z.string() })
    .nullable()
    .describe("Which person has approved it for real money, and when"),
  trials: z.array(trialResultSchema),
});

export type PromptVersion = z.output<typeof promptVersionSchema>;

/** A version that is proposed. */
export type PromptDraft = Pick<
  PromptVersion,
  "agent" | "parent" | "model" | "reason" | "instructions" | "policy"
> & { readonly author: Exclude<PromptVersion["author"], "base"> };

/** One change of what is in force. */
export const promotionSchema = z.object({
  agent: z.string(),
  version: z.string(),
  replaced: z.string(),
  by: z.enum(["person", "optimizer"]),
  reason: z.string(),
  at: z.string(),
  rollback: z.boolean().describe("Whether it undid the promotion before it"),
});

export type Promotion = z.output<typeof promotionSchema>;

/** A hold-out was looked at: what was seen once is not unseen any more. */
export interface HoldoutOpening {
  readonly agent: string;
  readonly runId: string;
  /** The symbols and source of the data, whatever its window. */
  readonly symbols: readonly string[];
  readonly source: string;
  /** First and last instant, epoch ms. */
  readonly from: number;
  readonly to: number;
  /** When, ISO 8601. */
  readonly at: string;
}
