import type { RunnableConfig } from "@langchain/core/runnables";
import type {
  ChannelVersions,
  Checkpoint,
  CheckpointMetadata,
  PendingWrite,
} from "@langchain/langgraph-checkpoint";
import { configFor, requirePlace } from "./config-place.ts";
import { heardLate } from "./heard-late.ts";
import { RecordSaver } from "./record-saver.ts";
import { remember } from "./thread-memory.ts";

/** Inputs that could not be kept, of which the tasks have not yet ended. */
const MOST_INPUTS = 1000;

/**
 * The saver that runs have. LangGraph begins to keep a run's input, and what each task wrote, while tasks are at work, and
 * asks at the end of the step whether that failed; a failure that nobody has asked for until then would make Node end the
 * process. So none of them fails before it is asked for, and none is lost.
 */
export class RunSaver extends RecordSaver {
  /** By checkpoint. */
  readonly #inputs = new Map<string, Promise<RunnableConfig>>();

  override async put(
    config: RunnableConfig,
    checkpoint: Checkpoint,
    metadata: CheckpointMetadata,
    newVersions: ChannelVersions,
  ): Promise<RunnableConfig> {
    await this.#inputs.get(requirePlace(config).id ?? "");
    const kept = super.put(config, checkpoint, metadata, newVersions);
    // Every other checkpoint is waited for at once.
    if (metadata.source !== "input") return kept;
    const { id } = checkpoint;
    remember(this.#inputs, id, kept, MOST_INPUTS);
    try {
      await kept;
      this.#inputs.delete(id);
    } catch {
      // What its tasks write, and the next checkpoint, fail in its place.
    }
    return configFor({ ...requirePlace(config), id });
  }

  override putWrites(config: RunnableConfig, writes: PendingWrite[], taskId: string): Promise<void> {
    return heardLate(this.#putWrites(config, writes, taskId));
  }

  async #putWrites(config: RunnableConfig, writes: PendingWrite[], taskId: string): Promise<void> {
    await this.#inputs.get(requirePlace(config).id ?? "");
    await super.putWrites(config, writes, taskId);
  }
}
