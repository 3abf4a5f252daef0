import { MemorySaver } from "@langchain/langgraph";
import type { BaseCheckpointSaver } from "@langchain/langgraph-checkpoint";

/** Checkpoints of conversations in the memory of this process: they end with it. */
export function inMemoryCheckpointer(): BaseCheckpointSaver {
  return new MemorySaver();
}
