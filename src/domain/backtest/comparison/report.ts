import { z } from "zod";
import { metricsSchema } from "../report.ts";

const testSchema = z.object({
  difference: z.number().describe("A less B, annual"),
  low: z.number().describe("Ends of the confidence interval"),
  high: z.number(),
  pValue: z.number().describe("Two-sided"),
  detectable: z
    .number()
    .describe("The least true difference that this much data shows four times out of five"),
  blockLength: z.number().int().describe("Periods that are drawn together"),
});

const sideSchema = z.object({
  name: z.string(),
  params: z.record(z.string(), z.unknown()),
  metrics: metricsSchema,
  absent: z.record(z.string(), z.string()),
});

export const comparisonSchema = z.object({
  from: z.string(),
  to: z.string(),
  bars: z.number().int(),
  a: sideSchema,
  b: sideSchema,
  sharpe: testSchema.nullable(),
  meanReturn: testSchema.nullable(),
  correlation: z.number().nullable().describe("Of the two's returns"),
  absent: z.record(z.string(), z.string()),
  confidence: z.number(),
  resamples: z.number().int(),
  periods: z.number().int().describe("Pairs of returns that were compared"),
  barsPerPeriod: z.number().int(),
  shown: z.boolean().describe("Whether the difference in Sharpe ratio is shown at that confidence"),
  conclusion: z.string(),
});

export type Comparison = z.output<typeof comparisonSchema>;
