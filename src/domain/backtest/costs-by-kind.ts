import { z } from "zod";
import { cents } from "./cents.ts";
import type { CostTotals } from "./simulation.ts";

/** What trading and holding cost over the run, in money, by kind; together they are the metric `costs`. */
export const costsSchema = z.object({
  commission: z.number(),
  spread: z.number(),
  slippage: z.number(),
  impact: z.number(),
  borrow: z.number().describe("Paid on the value of shorts"),
  interest: z.number().describe("Paid on borrowed cash"),
});

export type Costs = z.output<typeof costsSchema>;

export function costsByKind(totals: CostTotals): Costs {
  return {
    commission: cents(totals.commission),
    spread: cents(totals.spread),
    slippage: cents(totals.slippage),
    impact: cents(totals.impact),
    borrow: cents(totals.borrowCost),
    interest: cents(totals.marginInterest),
  };
}
