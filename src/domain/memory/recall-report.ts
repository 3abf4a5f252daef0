import { z } from "zod";
import { recalledSchema } from "./decision-entry.ts";

/** The capability that recalls, as agents call it. */
export const RECALL = "recall";

/** What earlier runs decided on symbols and how it turned out. */
export const recallReportSchema = z.object({
  source: z.string(),
  simulated: z.boolean(),
  asOf: z.string().describe("Nothing that became known later is told"),
  decisions: z.array(
    recalledSchema.extend({
      absent: z.string().nullable().describe("Why there is no outcome, where there is none"),
    }),
  ),
  unreadable: z.number().int().describe("Entries that are damaged and were passed over"),
});
