import { z } from "zod";
import { backtestSettingsSchema } from "../backtest/settings.ts";
import { SCORE_FIELDS } from "../backtest/sweep/score.ts";
import { symbolsSchema } from "./symbols-input.ts";

const value = z.union([z.number(), z.string(), z.boolean()]);

/** A sweep over the parameters of a strategy, on every surface. */
export const sweepInputSchema = z.strictObject({
  strategy: z.string().min(1).describe("A named strategy, e.g. sma-cross"),
  grid: z
    .record(z.string().min(1), z.union([z.string().min(1), z.array(value).min(1)]))
    .describe('Values by parameter: a range "5:60:5" (from, to, step), or a list'),
  params: z.record(z.string(), value).default({}).describe("Parameters that are the same in all"),
  symbols: symbolsSchema,
  from: z.iso.date().optional().describe("First day, YYYY-MM-DD; default: the first bar"),
  to: z.iso.date().optional().describe("Last day, YYYY-MM-DD; default: the as-of day"),
  asOf: z.iso.date().optional().describe("Nothing later than this day is looked at"),
  settings: backtestSettingsSchema.prefault({}),
  metric: z.enum(SCORE_FIELDS).default("sharpe").describe("What combinations are ranked by"),
  top: z.int().min(1).max(1000).default(10).describe("How many of the best are listed"),
  threads: z.int().min(1).max(256).optional().describe("Default: as many as the machine runs at once"),
  fresh: z.boolean().default(false).describe("Compute all anew instead of going on from an earlier run"),
});

export type SweepInput = z.output<typeof sweepInputSchema>;
