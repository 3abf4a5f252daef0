import { FinAgentError } from "../domain/errors.ts";

/**
 * Whether an error can be left to the model that called a tool. A fault of ours, a store that fails and a replay that
 * goes another way end the run: nothing that the model could do would mend them.
 */
export function modelCanActOn(error: unknown): error is FinAgentError {
  if (!(error instanceof FinAgentError) || error.exitStatus === 1) return false;
  return error.code !== "TAPE_MISMATCH" && !error.code.startsWith("STORE_");
}
