import { z } from "zod";

/** What the person asks for on top of the policies. A constraint only ever tightens a policy. */
export const constraintsSchema = z.strictObject({
  maxWeight: z.number().positive().max(1).optional().describe("At most this fraction of equity per name"),
  maxNames: z.number().int().positive().optional(),
  minCash: z.number().min(0).max(1).optional(),
  longOnly: z.boolean().optional(),
  riskAppetite: z
    .enum(["low", "moderate", "high"])
    .optional()
    .describe(
      "low halves the volatility target, the loss allowed under stress and the exposure, high leaves the policy as it is",
    ),
});

export type Constraints = z.output<typeof constraintsSchema>;
