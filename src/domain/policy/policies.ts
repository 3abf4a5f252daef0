import { z } from "zod";
import { alphaPolicySchema } from "./alpha.ts";
import { portfolioPolicySchema } from "./portfolio.ts";
import { riskPolicySchema } from "./risk.ts";

/** The three policies that one rolling decision needs. */
export const policiesSchema = z.object({
  alpha: alphaPolicySchema,
  risk: riskPolicySchema,
  portfolio: portfolioPolicySchema,
});

export type Policies = z.output<typeof policiesSchema>;
