import { z } from "zod";
import { backtestSettingsSchema } from "../backtest/settings.ts";
import { symbolsSchema } from "./symbols-input.ts";

/** Also of a pipeline. */
export const detailSchema = z
  .boolean()
  .default(false)
  .describe("Add columns for charts to the report: backtest.course");

export const proveSchema = z
  .boolean()
  .default(false)
  .describe("Run the truth tests too: look-ahead, sweeps, bootstrap, walk-forward, overfitting");

/** A backtest of a named strategy, on every surface. */
export const backtestInputSchema = z.strictObject({
  strategy: z.string().min(1).describe("A named strategy, e.g. sma-cross"),
  params: z.record(z.string(), z.union([z.number(), z.string(), z.boolean()])).default({}),
  symbols: symbolsSchema,
  from: z.iso.date().optional().describe("First day, YYYY-MM-DD; default: the first bar"),
  to: z.iso.date().optional().describe("Last day, YYYY-MM-DD; default: the as-of day"),
  asOf: z.iso.date().optional().describe("Nothing later than this day is looked at"),
  settings: backtestSettingsSchema.prefault({}),
  detail: detailSchema,
  prove: proveSchema,
});

export type BacktestInput = z.output<typeof backtestInputSchema>;
