import type { PipelineInput } from "../domain/run/pipeline-input.ts";
import { PIPELINE_STEPS, type PipelineStep } from "../domain/run/pipeline-steps.ts";
import type { createPipelineGraph } from "./pipeline.ts";

type PipelineGraph = ReturnType<typeof createPipelineGraph>;

/** The last checkpoint of a thread at which a step was to be done next; null where it never came so far. */
export async function beforeStep(
  graph: PipelineGraph,
  threadId: string,
  step: PipelineStep,
): Promise<string | null> {
  for await (const { config, next } of graph.getStateHistory({ configurable: { thread_id: threadId } })) {
    const id: unknown = config.configurable?.["checkpoint_id"];
    if (next.includes(step) && typeof id === "string") return id;
  }
  return null;
}

/** Puts another input into a thread that has done what comes before a step, so that it goes on with that step. */
export async function goOnWith(
  graph: PipelineGraph,
  threadId: string,
  step: PipelineStep,
  input: PipelineInput,
): Promise<void> {
  const before = PIPELINE_STEPS[PIPELINE_STEPS.indexOf(step) - 1];
  if (before === undefined) throw new RangeError(`${step} is the first step`);
  await graph.updateState({ configurable: { thread_id: threadId } }, input, before);
}
