import type { Assembled } from "./assemble.ts";
import { FinAgentError } from "./domain/errors.ts";
import { pipelineInputSchema } from "./domain/run/pipeline-input.ts";
import { pipelineStep } from "./domain/run/pipeline-steps.ts";
import type { RunHeader } from "./domain/run/run-header.ts";
import { trimThread } from "./memory/checkpoints/trim-thread.ts";
import type { RecordStore } from "./memory/records/record-store.ts";
import { parseInput } from "./tools/tool.ts";

/**
 * Puts a run's thread as it was when the run began.
 * @returns whether it goes on from there, as a fork at a step does
 * @throws FinAgentError BAD_ARGUMENT where that is not kept any more
 */
export async function takeBack(
  run: RunHeader,
  records: RecordStore,
  { graphs }: Pick<Assembled, "graphs">,
): Promise<boolean> {
  const { threadId, base, forkedFrom } = run;
  if (!(await trimThread(records, threadId, base)))
    throw lost(run, "Its conversation is not kept any more", "thread");
  if (base === null || forkedFrom === null || forkedFrom.at === null) return false;
  const { goOnWith } = await graphs();
  await goOnWith(threadId, pipelineStep(forkedFrom.at), parseInput(pipelineInputSchema, run.input));
  return true;
}

/** What is missing to run a run again. */
export function lost({ id }: Pick<RunHeader, "id">, what: string, missing: string): FinAgentError {
  return new FinAgentError("BAD_ARGUMENT", `The run ${id} cannot be run again as it was: ${what}.`, {
    hint: "Run it anew.",
    details: { id, missing },
  });
}
