import { z } from "zod";
import { PATH_MODELS } from "../backtest/stress/models/path-model.ts";
import { backtestSettingsSchema } from "../backtest/settings.ts";
import { LONGEST_SYMBOL, symbolsSchema, tooLong } from "./symbols-input.ts";

/** A strategy or a portfolio under stress, on every surface. */
export const stressInputSchema = z
  .strictObject({
    strategy: z.string().min(1).optional().describe("A named strategy, e.g. sma-cross; or else weights"),
    params: z.record(z.string(), z.union([z.number(), z.string(), z.boolean()])).default({}),
    symbols: symbolsSchema.optional().describe("With a strategy; weights name their own"),
    weights: z
      .record(z.string(), z.number().min(-20).max(20))
      .superRefine((weights, ctx) => {
        for (const symbol of Object.keys(weights)) {
          if (symbol.length > LONGEST_SYMBOL) ctx.addIssue(tooLong(symbol));
          else if (!/^[^a-z\s]+$/.test(symbol)) ctx.addIssue("write symbols in capitals");
        }
      })
      .optional()
      .describe(
        "A portfolio that is bought once and held: fractions of equity by symbol, negative for a short",
      ),
    from: z.iso.date().optional().describe("First day, YYYY-MM-DD; default: the first bar"),
    to: z.iso.date().optional().describe("Last day, YYYY-MM-DD; default: the as-of day"),
    asOf: z.iso.date().optional().describe("Nothing later than this day is looked at"),
    scenarios: z
      .array(z.string().trim().min(1).max(200))
      .max(50)
      .optional()
      .describe(
        "Names, `all`, or your own numbers as in drop=-0.3,bars=20,volatility=2; default: all, unless only models are named",
      ),
    models: z
      .array(z.enum(PATH_MODELS))
      .max(PATH_MODELS.length)
      .optional()
      .describe("How paths are simulated; default: block-bootstrap, unless only scenarios are named"),
    paths: z.int().min(20).max(100_000).default(500).describe("Simulated paths per model"),
    settings: backtestSettingsSchema.prefault({}),
  })
  .refine((input) => (input.strategy === undefined) !== (input.weights === undefined), {
    path: ["strategy"],
    error: "name a strategy, or give weights, and not both",
  })
  .refine((input) => input.strategy === undefined || input.symbols !== undefined, {
    path: ["symbols"],
    error: "name the symbols that the strategy trades",
  })
  .refine((input) => input.weights === undefined || input.symbols === undefined, {
    path: ["symbols"],
    error: "the weights name the symbols already",
  });

export type StressInput = z.output<typeof stressInputSchema>;
