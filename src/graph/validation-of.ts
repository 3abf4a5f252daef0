import type { Stretch } from "../domain/optimize/evaluation.ts";
import type { VersionEvaluation } from "../domain/optimize/version-evaluation.ts";

/** What the gate looks at of an evaluation. */
export function validationOf({ measured, validationReturns }: VersionEvaluation): Stretch {
  return { figures: measured.validation, returns: Float64Array.from(validationReturns) };
}
