import { z } from "zod";

/** Who made a decision: a model, a recorded model answer, rules after a model failed, or rules outright. */
export const provenanceSchema = z.enum(["llm", "cache", "fallback", "rules"]);

export type Provenance = z.output<typeof provenanceSchema>;

export const decisionCountsSchema = z.object({
  llm: z.number().int(),
  cache: z.number().int(),
  fallback: z.number().int(),
  rules: z.number().int(),
});

export type DecisionCounts = z.output<typeof decisionCountsSchema>;

export function countDecisions(made: Iterable<Provenance>): DecisionCounts {
  const counts = { llm: 0, cache: 0, fallback: 0, rules: 0 };
  for (const by of made) counts[by] += 1;
  return counts;
}
