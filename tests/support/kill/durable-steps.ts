import type { CheckpointTuple } from "@langchain/langgraph-checkpoint";
import { RecordSaver } from "../../../src/memory/checkpoints/record-saver.ts";
import type { RecordStore } from "../../../src/memory/records/record-store.ts";

/**
 * How many of its agents' steps a thread's last checkpoints hold, with what their tasks have written since. The
 * manager's loop adds its steps one by one; the graph around it, and the pipeline, write the whole list each time.
 */
export async function durableSteps(records: RecordStore, thread: string): Promise<number> {
  const saver = new RecordSaver(() => Promise.resolve(records));
  const latest = new Map<string, CheckpointTuple>();
  for await (const tuple of saver.list({ configurable: { thread_id: thread } })) {
    const namespace = String(tuple.config.configurable?.["checkpoint_ns"] ?? "");
    if (!latest.has(namespace)) latest.set(namespace, tuple);
  }
  const counts = Array.from(latest, ([namespace, { checkpoint, pendingWrites = [] }]) => {
    const held = lengthOf(checkpoint.channel_values["steps"]);
    const written = pendingWrites.filter(([, channel]) => channel === "steps").map((one) => lengthOf(one[2]));
    return namespace === "" ? Math.max(held, ...written) : written.reduce((sum, more) => sum + more, held);
  });
  return Math.max(0, ...counts);
}

function lengthOf(value: unknown): number {
  return Array.isArray(value) ? value.length : 0;
}
