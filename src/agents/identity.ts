import { randomUUID } from "node:crypto";
import { z } from "zod";
import type { GraphIdentity, RunIdentity } from "../domain/run/compose.ts";

const configurableSchema = z.object({
  thread_id: z.string().optional(),
  run_id: z.string().optional(),
});

/** The thread that a graph was called on; null: on none, and nothing of it is kept. */
export function threadOf(configurable: unknown): string | null {
  return configurableSchema.safeParse(configurable ?? {}).data?.thread_id ?? null;
}

/** The run's ids as its caller gave them to the graph; a run that was given none gets its own. */
export function identify(graph: GraphIdentity, configurable: unknown): RunIdentity {
  const given = configurableSchema.safeParse(configurable ?? {});
  const { thread_id: threadId, run_id: runId } = given.success ? given.data : {};
  return { ...graph, runId: runId ?? randomUUID(), threadId: threadId ?? randomUUID() };
}
