import { z } from "zod";

const usd = z.number().describe("USD");

/** What calls of models cost. */
export const costRowSchema = z.object({
  name: z.string().describe("The day (UTC), the run, the agent or the model"),
  calls: z.number().int(),
  inputTokens: z.number().int(),
  outputTokens: z.number().int(),
  cost: usd.nullable().describe("USD; null where the price of a call is not known"),
  assumed: usd.describe(
    "Part of the cost: attempts that were cut off, at the most that they could cost, as nobody knows what was billed",
  ),
  reserved: usd.describe(
    "Set apart for calls under way; what a process that was killed had set apart stays so and counts as spent",
  ),
});

export type CostRow = z.output<typeof costRowSchema>;

/** One agent's calls of one model in one run on one day. */
export interface CostEntry extends Omit<CostRow, "name"> {
  readonly day: string;
  /** Null outside of runs, e.g. in Studio. */
  readonly run: string | null;
  readonly agent: string;
  readonly model: string;
}
