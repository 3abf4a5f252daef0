import { inline } from "../format.ts";
import type { TaskState } from "../plan/progress.ts";

/** What was skipped and why, tasks with the same reason once. */
export function skippedText(states: readonly TaskState[]): string[] {
  const skipped = states.flatMap((state) =>
    state.status === "skipped" ? [{ id: state.task.id, note: state.note }] : [],
  );
  return skippedNotes(skipped);
}

/** The same from a plan that was written down. */
export function skippedNotes(skipped: readonly { readonly id: string; readonly note: string }[]): string[] {
  return [...Map.groupBy(skipped, ({ note }) => note)].map(([note, tasks]) => {
    const names = tasks.map(({ id }) => `"${inline(id)}"`).join(" and ");
    return `The ${tasks.length > 1 ? "tasks" : "task"} ${names} ${tasks.length > 1 ? "were" : "was"} skipped. ${inline(tasks.length > 1 ? note.replace(/^It needs/, "They need") : note)}`;
  });
}
