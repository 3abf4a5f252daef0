import { z } from "zod";
import { alphaPolicySchema, factorNameSchema } from "../policy/alpha.ts";

export const directionSchema = z.enum(["long", "short", "neutral"]);

export const evidenceSchema = z.object({
  factor: factorNameSchema,
  lookbackBars: z.number().int(),
  value: z.number().nullable().describe("The factor's own figure, null where history is too short"),
  score: z.number().min(-1).max(1).nullable(),
  weight: z.number(),
  basis: z
    .enum(["time-series", "cross-section", "blend"])
    .nullable()
    .describe("What the score compares with; time-series where too few symbols have a value"),
  absent: z.string().optional().describe("Why there is no value"),
});

export type Evidence = z.output<typeof evidenceSchema>;

export const signalSchema = z.object({
  symbol: z.string(),
  score: z.number().min(-1).max(1),
  direction: directionSchema,
  confidence: z.number().min(0).max(1).describe("Agreement of the factors and the share that had history"),
  evidence: z.array(evidenceSchema),
});

export type Signal = z.output<typeof signalSchema>;

/** The alpha agent's typed artefact. */
export const alphaReportSchema = z.object({
  asOf: z.string(),
  dataSetId: z.string(),
  policy: alphaPolicySchema,
  signals: z.array(signalSchema),
  unscored: z
    .array(z.object({ symbol: z.string(), reason: z.string() }))
    .describe("Symbols without enough history for any factor"),
  summary: z.string(),
});

export type AlphaReport = z.output<typeof alphaReportSchema>;
