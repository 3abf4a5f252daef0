/** Interrupted: it was stopped, or its process ended before it did. */
export const RUN_STATUSES = ["running", "interrupted", "done", "question", "failed"] as const;

export type RunStatus = (typeof RUN_STATUSES)[number];
