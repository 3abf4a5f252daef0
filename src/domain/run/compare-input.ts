import { z } from "zod";
import { backtestSettingsSchema } from "../backtest/settings.ts";
import { symbolsSchema } from "./symbols-input.ts";

const sideSchema = z.strictObject({
  strategy: z.string().min(1).describe("A named strategy, e.g. sma-cross"),
  params: z.record(z.string(), z.union([z.number(), z.string(), z.boolean()])).default({}),
});

/** Two strategies on the same data, days and settings, on every surface. */
export const compareInputSchema = z.strictObject({
  a: sideSchema,
  b: sideSchema,
  symbols: symbolsSchema,
  from: z.iso.date().optional().describe("First day, YYYY-MM-DD; default: the first bar"),
  to: z.iso.date().optional().describe("Last day, YYYY-MM-DD; default: the as-of day"),
  asOf: z.iso.date().optional().describe("Nothing later than this day is looked at"),
  settings: backtestSettingsSchema.prefault({}),
});

export type CompareInput = z.output<typeof compareInputSchema>;
