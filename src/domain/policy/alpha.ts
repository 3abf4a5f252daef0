import { z } from "zod";

/** The built-in factors (domain/alpha/factors.ts). A program may register more. */
export const FACTOR_NAMES = [
  "momentum",
  "reversal",
  "trend",
  "breakout",
  "low-volatility",
  "volume-confirmation",
] as const;

/** Any name passes here; one that is not registered is refused where the policy is executed. */
export const factorNameSchema = z
  .string()
  .min(1)
  .max(64)
  .describe(`A registered factor; built in are ${FACTOR_NAMES.join(", ")}`);

/** What the alpha agent decides by: factors with look-backs and weights, how they combine, when they speak. */
export const alphaPolicySchema = z.object({
  factors: z
    .array(
      z.object({
        name: factorNameSchema,
        lookbackBars: z.number().int().min(2).max(1000),
        weight: z.number().min(-1).max(1).describe("Share of the score; negative turns the factor round"),
      }),
    )
    .min(1)
    .max(20),
  combination: z
    .enum(["time-series", "cross-section", "blend"])
    .describe(
      "Each symbol by itself, against the other symbols of the same day, or the mean of both; a factor with a value for fewer than 3 symbols is always time-series",
    ),
  threshold: z.number().min(0).max(1).describe("A score whose size is below this is neutral"),
});

export type AlphaPolicy = z.output<typeof alphaPolicySchema>;
