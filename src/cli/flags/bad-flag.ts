import { FinAgentError } from "../../domain/errors.ts";

/** A flag's value that cannot be read: names the flag, and says how to write it. */
export function badFlag(flag: string, problem: string, hint: string): FinAgentError {
  return new FinAgentError("BAD_ARGUMENT", `${flag}: ${problem}`, { hint, details: { flag } });
}
