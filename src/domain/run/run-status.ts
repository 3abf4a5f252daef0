/** Partial: a model failed, and rules made more decisions in its place than may be. Interrupted: a person stopped it, or its process ended before it did.
 * Stopped: a budget was spent. */
export const RUN_STATUSES = [
  "running",
  "interrupted",
  "done",
  "partial",
  "question",
  "failed",
  "stopped",
] as const;

export type RunStatus = (typeof RUN_STATUSES)[number];
