import { type ErrorCode, FinAgentError } from "../domain/errors.ts";

const ENDING: ReadonlySet<ErrorCode> = new Set(["TAPE_MISMATCH", "BUDGET_SPENT", "BAD_CONFIG"]);

/**
 * Whether an error can be left to the model that called a tool. A fault of ours or of the settings, a store that fails, a
 * replay that goes another way and a budget that is spent end the run: nothing that the model could do would mend them.
 */
export function modelCanActOn(error: unknown): error is FinAgentError {
  if (!(error instanceof FinAgentError) || error.exitStatus === 1) return false;
  return !ENDING.has(error.code) && !error.code.startsWith("STORE_");
}
