import { z } from "zod";

/** Names of the numbers of a shock, in the order in which they are described. */
export const shockSchema = z
  .strictObject({
    drop: z.number().gt(-1).max(0).default(0).describe("Return of the market over the fall, e.g. -0.3"),
    bars: z.int().min(1).max(5000).default(21).describe("Bars of the fall"),
    recovery: z.int().min(0).max(5000).default(63).describe("Bars of the way back to where it began"),
    volatility: z.number().min(0).max(20).default(1).describe("Multiple of the market's own volatility"),
    residuals: z.number().min(0).max(20).default(1).describe("Multiple of what the market does not explain"),
    gap: z.number().gt(-1).max(0).default(0).describe("Of the fall, at the open of the first bar"),
    low: z
      .number()
      .gt(-1)
      .max(0)
      .default(0)
      .describe("Lowest price within the first bar, against the close before"),
    volume: z.number().gt(0).max(10).default(1).describe("Multiple of the volume"),
    spreadBps: z.number().min(0).max(1000).default(0).describe("Added to the half-spread, in basis points"),
  })
  .refine(({ drop, gap }) => gap >= drop, { path: ["gap"], error: "must not go beyond drop" })
  .refine(({ drop, gap, low }) => low === 0 || low <= Math.max(gap, drop), {
    path: ["low"],
    error: "must be below the gap",
  });

/**
 * A fall of the market told in numbers: the closes of a symbol with a beta of 1 and without a part of its own stand
 * at 1 + drop after `bars` bars, at no time lower, and after `recovery` more bars where they began.
 */
export type Shock = z.output<typeof shockSchema>;
