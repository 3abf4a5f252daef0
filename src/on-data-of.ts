import { FinAgentError } from "./domain/errors.ts";
import type { RunHeader } from "./domain/run/run-header.ts";

/**
 * Goes on with what a run has kept. Where the prices have changed since, a person is told what to do: the error's own
 * hint is for a model, which can fetch them again.
 */
export async function onDataOf<T>(
  { id, source }: Pick<RunHeader, "id" | "source">,
  hint: string,
  goOn: () => Promise<T>,
): Promise<T> {
  try {
    return await goOn();
  } catch (error) {
    if (!(error instanceof FinAgentError) || error.code !== "UNKNOWN_ARTIFACT") throw error;
    const { kind, symbols } = error.details;
    if (kind !== "data-set" || !Array.isArray(symbols)) throw error;
    throw new FinAgentError(
      "UNKNOWN_ARTIFACT",
      `The prices of ${symbols.join(", ")} in ${source} are not those any more that the run ${id} had.`,
      { hint, details: error.details, cause: error },
    );
  }
}
