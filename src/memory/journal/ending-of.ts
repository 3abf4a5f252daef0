import { z } from "zod";
import { decisionCountsSchema } from "../../domain/run/provenance.ts";
import { runReportSchema } from "../../domain/run/report.ts";
import type { RunHeader } from "../../domain/run/run-header.ts";

/** What a run's end adds to its header. */
export type Ending = Pick<RunHeader, "status" | "data" | "decisions" | "usage" | "report" | "error">;

/** The fields that reports share; those of computations alone have no status, decisions or usage. */
const endedSchema = z.object({
  status: runReportSchema.shape.status.default("done"),
  data: z.object({ source: z.string(), simulated: z.boolean(), hash: z.string() }).nullable().catch(null),
  decisions: decisionCountsSchema.nullable().catch(null),
  usage: runReportSchema.shape.usage.nullable().catch(null),
});

/** What a report says of its run. */
export function endingOf(output: unknown): Omit<Ending, "report"> {
  return { ...endedSchema.parse(output), error: null };
}
