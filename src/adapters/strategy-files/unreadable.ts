import type { FinAgentError } from "../../domain/errors.ts";
import type { StrategyFile } from "./strategy-file.ts";

/** What a failure to open the file means to the person who named it. */
export function unreadable(file: StrategyFile, error: unknown): FinAgentError {
  const code = error instanceof Error && "code" in error ? String(error.code) : "unknown";
  const why = code === "ENOENT" ? "there is no such file." : `it cannot be read (${code}).`;
  return file.bad(
    why,
    'A name without a path means a built-in strategy; "finagent strategies" lists them.',
    {},
    error,
  );
}
