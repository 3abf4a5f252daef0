import { z } from "zod";
import { countDecisions, type DecisionCounts, type Provenance } from "./provenance.ts";
import { standInsSchema } from "./stand-ins.ts";
import type { Step } from "./step.ts";

/**
 * The least share of the decisions asked of a model that it must have made, for the run to be called its result: one
 * stand-in in twenty, the customary bound for what may be put down to chance. `minModelShare` in finagent.yaml.
 */
export const DEFAULT_MIN_MODEL_SHARE = 0.95;

/** Whose result a run is. */
export const runProvenanceSchema = z.object({
  result: z
    .enum(["llm", "partial", "mixed", "rules", "none"])
    .describe(
      "llm: the model's, at least `minModelShare` of all decisions; partial: the model failed at more than may be; mixed: rules decided in part because agents have no model; rules: no model was asked; none: nothing was decided",
    ),
  modelShare: z
    .number()
    .nullable()
    .describe(
      "Of the decisions that a model was asked for, those that it made (llm and cache); null: it was asked for none",
    ),
  minModelShare: z.number(),
  where: z
    .array(standInsSchema.extend({ agent: z.string() }))
    .describe("Every stretch in which rules stood in for a model, above the threshold too"),
  next: z.string().nullable().describe("What to do about a partial run; ID stands for its `runId`"),
});

export type RunProvenance = z.output<typeof runProvenanceSchema>;

const RESUME =
  'When the model answers again, "finagent runs resume ID" (POST /runs/ID/resume) runs it anew: what was answered is held and not asked again.';

/** Who decided: one per rebalance date where a step has such, else one per deciding step. */
export function countDecisionsOf(steps: readonly Step[]): DecisionCounts {
  return countDecisions(decisionsIn(steps));
}

function* decisionsIn(steps: readonly Step[]): Generator<Provenance> {
  for (const step of steps) {
    for (const by of step.decisions ?? (step.by === null ? [] : [step.by])) yield by;
  }
}

/** Whose result the steps of a run are, and where rules stood in. */
export function provenanceOf(steps: readonly Step[], minModelShare: number): RunProvenance {
  const counts = countDecisionsOf(steps);
  const byModel = counts.llm + counts.cache;
  const asked = byModel + counts.fallback;
  const modelShare = asked === 0 ? null : byModel / asked;
  const result = resultOf(counts, modelShare, minModelShare);
  return {
    result,
    modelShare,
    minModelShare,
    where: steps.flatMap(({ agent, standIns = [] }) => standIns.map((stretch) => ({ agent, ...stretch }))),
    next: result === "partial" ? RESUME : null,
  };
}

function resultOf(
  { llm, cache, fallback, rules }: DecisionCounts,
  modelShare: number | null,
  minModelShare: number,
): RunProvenance["result"] {
  if (modelShare === null) return rules === 0 ? "none" : "rules";
  if (modelShare < minModelShare) return "partial";
  return (llm + cache) / (llm + cache + fallback + rules) < minModelShare ? "mixed" : "llm";
}
