import type { PlanTask } from "../../domain/run/plan.ts";
import { printable } from "../terminal/printable.ts";
import { type Line, type Span, span } from "../terminal/span.ts";
import { wrap } from "../terminal/wrap.ts";

const MARKS: Readonly<Record<PlanTask["status"], Span>> = {
  pending: span("○"),
  running: span("◐", "cyan"),
  done: span("✓", "green"),
  failed: span("✗", "red"),
  skipped: span("–", "yellow"),
};

/** The manager's plan as a checklist, with what each task waits for and why one was skipped. */
export function drawPlan(title: string, plan: readonly PlanTask[], width: number): Line[] {
  return [
    [span(title, "bold")],
    ...plan.flatMap((task) => {
      const notes = [
        ...(task.condition === undefined ? [] : [task.condition]),
        ...(task.dependsOn.length === 0 ? [] : [`after ${task.dependsOn.join(", ")}`]),
        ...(task.note === undefined ? [] : [noteOf(task.status, task.note)]),
      ];
      const text = [
        span(printable(task.purpose === "" ? task.tool : task.purpose)),
        ...(notes.length === 0 ? [] : [span(` (${printable(notes.join("; "))})`, "dim")]),
      ];
      return wrap(text, Math.max(20, width - 5)).map((line, row) => [
        span("  "),
        row === 0 ? MARKS[task.status] : span(" "),
        span(" "),
        ...line,
      ]);
    }),
  ];
}

function noteOf(status: PlanTask["status"], note: string): string {
  return status === "failed" || status === "skipped" ? `${status}: ${note}` : note;
}

/**
 * What makes a plan another plan to a reader: its tasks and which of them came to nothing. That a task
 * started or was done shows in the steps.
 */
export function planIdentity(plan: readonly PlanTask[]): string {
  return JSON.stringify(
    plan.map(({ id, tool, purpose, condition, dependsOn, status, note }) => {
      const fate = status === "failed" || status === "skipped" ? [status, note] : [];
      return [id, tool, purpose, condition, dependsOn, ...fate];
    }),
  );
}
