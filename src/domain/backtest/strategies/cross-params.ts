import { z } from "zod";

/** Parameters of the two moving-average crossovers. */
export const crossParamsSchema = z
  .strictObject({
    fast: z.int().min(1).max(999).default(10).describe("Bars of the fast average"),
    slow: z.int().min(2).max(1000).default(30).describe("Bars of the slow average"),
    short: z.boolean().default(true).describe("Sell short on a cross down; false: go into cash"),
  })
  .refine(({ fast, slow }) => fast < slow, { path: ["fast"], error: "must be less than slow" });
