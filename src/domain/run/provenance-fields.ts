import { z } from "zod";

/** What makes a report of a single computation repeatable. */
export const provenanceFieldsSchema = z.object({
  runId: z.string(),
  seed: z.number().int(),
  code: z.string().describe("Version of FinAgent"),
});
