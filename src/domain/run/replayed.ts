import { z } from "zod";
import { contentHash, canonicalJson } from "../hash.ts";
import { type Difference, differences, differenceSchema } from "./differences.ts";
import { lasting } from "./lasting.ts";

/** What came of running a run once more: see `Runtime.replay`. */
export const replayedSchema = z.object({
  run: z.string(),
  identical: z.boolean(),
  hash: z.object({ was: z.string(), is: z.string() }).describe("Of the reports without ids and times"),
  steps: z.number().int(),
  modelCalls: z.number().int().describe("Answered from the tape"),
  differences: z
    .array(differenceSchema)
    .describe("The first fields that differ; a: what was kept, b: what came now"),
  differing: z.number().int().describe("How many fields differ"),
  changed: z
    .array(z.string())
    .describe("What has changed since, a sentence each; empty where it is identical"),
});

export type Replayed = z.output<typeof replayedSchema>;

/** Two reports of one run, compared in what lasts. */
export function compareReports(
  was: unknown,
  is: unknown,
): Pick<Replayed, "identical" | "hash"> & { readonly differences: Difference[] } {
  const [kept, now] = [lasting(was), lasting(is)];
  const hash = { was: hashOf(kept), is: hashOf(now) };
  return { identical: hash.was === hash.is, hash, differences: differences(kept, now) };
}

function hashOf(report: unknown): string {
  return contentHash([canonicalJson(report)]);
}
