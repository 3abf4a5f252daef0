import { z } from "zod";
import { provenanceSchema } from "./provenance.ts";
import { standInsSchema } from "./stand-ins.ts";

/** One piece of work that an agent or a tool did. */
export const stepSchema = z.object({
  agent: z.string(),
  tool: z.string(),
  ms: z.number().describe("Wall-clock milliseconds"),
  by: provenanceSchema.nullable().describe("Who decided; null where nothing was decided, as in a fetch"),
  /** Where a step decided more than once (one entry a rebalance date), who decided each time. */
  decisions: z.array(provenanceSchema).optional(),
  summary: z.string(),
  error: z.string().optional().describe("Code and message where it failed"),
  fallback: z.string().optional().describe("Why rules stood in for the model, the first time"),
  standIns: z.array(standInsSchema).optional().describe("Where rules stood in for the model"),
});

export type Step = z.output<typeof stepSchema>;
