import type { Policies } from "../policy/policies.ts";
import type { Measured } from "./report.ts";

/** What came of a team with certain policies. */
export interface VersionEvaluation {
  readonly policies: Policies;
  readonly measured: Measured;
  /** Per bar, all validation spans one after the other. */
  readonly validationReturns: readonly number[];
}
