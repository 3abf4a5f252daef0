import { z } from "zod";
import { journalEntrySchema } from "./journal-entry.ts";
import { runHeaderSchema } from "./run-header.ts";

/** A run as it is kept: what it was, what happened, and what it reported. */
export const runRecordSchema = z.object({
  run: runHeaderSchema,
  events: z.array(journalEntrySchema),
  unreadable: z.number().int().describe("Events that were kept in part only and are left out"),
  report: z.unknown().describe("The final report; null where there is none"),
});

export type RunRecord = z.output<typeof runRecordSchema>;
