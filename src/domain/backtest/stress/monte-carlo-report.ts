import { z } from "zod";
import { PATH_MODELS } from "./models/path-model.ts";

/** Quantiles by linear interpolation over the paths. */
const quantilesSchema = z.object({
  p5: z.number(),
  p25: z.number(),
  p50: z.number(),
  p75: z.number(),
  p95: z.number(),
});

const distributionSchema = z.object({
  totalReturn: quantilesSchema,
  cagr: quantilesSchema
    .nullable()
    .describe("Compounded to a year, -1 where the equity was lost; null for paths of less than 30 days"),
  maxDrawdown: quantilesSchema.describe("Negative: p5 is the worst"),
  probabilityOfLoss: z.number(),
  probabilityOfDrawdown: z
    .object({ beyond20: z.number(), beyond30: z.number(), beyond50: z.number() })
    .describe("Share of paths with a drawdown deeper than 20, 30 and 50 %"),
  expectedShortfall: z.number().describe("Mean total return of the worst 5 % of paths"),
  probabilityOfRuin: z.number().describe("Share of paths on which the equity was lost"),
});

export type Distribution = z.output<typeof distributionSchema>;

export const monteCarloResultSchema = z.object({
  model: z.enum(PATH_MODELS),
  paths: z.number().int(),
  bars: z.number().int().describe("Per path: those of the window"),
  seed: z.number().int(),
  fittedOn: z.number().int().describe("Returns that the model was fitted on"),
  keeps: z.string().describe("What the paths have in common with the history, and what not"),
  estimates: z.record(z.string(), z.record(z.string(), z.number())),
  tested: distributionSchema,
  buyAndHold: distributionSchema.describe("Equal parts of the same symbols on the same paths"),
  probabilityOfBeatingBuyAndHold: z.number(),
  real: z.object({
    totalReturn: z.number().describe("On the real bars of the window"),
    maxDrawdown: z.number(),
    rank: z.number().describe("Share of paths with a lower total return"),
  }),
});

export type MonteCarloResult = z.output<typeof monteCarloResultSchema>;

export const unfittedSchema = z.object({ model: z.enum(PATH_MODELS), reason: z.string() });
