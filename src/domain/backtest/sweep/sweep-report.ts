import { z } from "zod";
import { dataReportSchema } from "../../market/data-set.ts";
import { overfittingSchema } from "./judge-sweep.ts";
import { verdictSchema } from "../report.ts";
import { backtestSettingsSchema } from "../settings.ts";
import { SCORE_FIELDS } from "./score.ts";
import { sweepMapSchema } from "./sweep-map.ts";

const statistic = z.number().nullable();

const figuresSchema = z.object({
  totalReturn: statistic,
  cagr: statistic,
  annualReturn: statistic,
  volatility: statistic,
  sharpe: statistic,
  sortino: statistic,
  calmar: statistic,
  maxDrawdown: statistic,
  trades: statistic,
  winRate: statistic,
  profitFactor: statistic,
  exposure: statistic,
  turnover: statistic,
  costs: statistic,
});

export type SweepFigures = z.output<typeof figuresSchema>;

const rowSchema = z.object({
  params: z.record(z.string(), z.union([z.number(), z.string(), z.boolean()])).describe("Those of the grid"),
  figures: figuresSchema,
  neighbours: z.object({
    count: z.int().describe("Combinations one step away in one or two parameters"),
    median: statistic.describe("Of the metric"),
  }),
});

export type SweepRow = z.output<typeof rowSchema>;

export const sweepReportSchema = z.object({
  runId: z.string(),
  code: z.string().describe("Version of FinAgent"),
  seed: z.number().int(),
  strategy: z.string(),
  params: z.record(z.string(), z.unknown()).describe("The same in all combinations"),
  grid: z.array(
    z.object({ name: z.string(), values: z.array(z.union([z.number(), z.string(), z.boolean()])) }),
  ),
  metric: z.enum(SCORE_FIELDS).describe("What combinations are ranked by"),
  data: dataReportSchema,
  settings: backtestSettingsSchema,
  combinations: z.object({
    inGrid: z.int(),
    tried: z.int(),
    refused: z
      .array(z.object({ reason: z.string(), count: z.int() }))
      .describe("By the strategy's parameters, e.g. fast at or above slow"),
    lost: z.int().describe("Tried, and lost everything"),
    withoutValue: z.int().describe("Tried, but without a value of the metric"),
  }),
  best: z.array(rowSchema).describe("The best first"),
  plateau: rowSchema.nullable().describe("The combination whose neighbours have the best median"),
  median: statistic.describe("Of the metric over all that were tried"),
  worst: rowSchema,
  map: sweepMapSchema.nullable(),
  overfitting: overfittingSchema,
  verdict: verdictSchema,
  flags: z.array(z.string()).describe("What a reader must know, e.g. simulated data"),
  work: z
    .object({
      computed: z.int(),
      takenOver: z.int().describe("From an earlier run of the same sweep"),
      seconds: z.number(),
      threads: z.int(),
      combinationsPerSecond: z.number().nullable(),
      barsPerSecond: z.number().nullable(),
    })
    .describe("How it was computed; all else does not depend on it"),
});

export type SweepReport = z.output<typeof sweepReportSchema>;
