import { z } from "zod";

/** A request in words, on every surface. */
export const askInputSchema = z.strictObject({
  request: z.string().trim().min(1, "say what you want to know").max(8000),
  threadId: z.string().min(1).max(200).optional().describe("Continues that conversation"),
  asOf: z.iso.date().optional().describe("Nothing later than this day is looked at"),
});

export type AskInput = z.output<typeof askInputSchema>;
