import { z } from "zod";

/** The manager's tool that writes a plan. */
export const WRITE_PLAN = "write_plan";

export const taskStatusSchema = z.enum(["pending", "running", "done", "failed", "skipped"]);

/** One typed task of the manager's plan. */
export const planTaskSchema = z.object({
  id: z.string().min(1).describe("Short and unique, e.g. data, alpha, risk"),
  tool: z.string().describe("The tool that does it"),
  purpose: z.string().describe("What it is for, in a few words"),
  dependsOn: z.array(z.string()).default([]).describe("Ids of tasks that must be done first"),
  condition: z.string().optional().describe("When it is done at all, e.g. only if risk is not HIGH"),
  status: taskStatusSchema.default("pending"),
  note: z.string().optional().describe("Why it failed or was skipped"),
});

export type PlanTask = z.output<typeof planTaskSchema>;

export type PlanUpdate =
  /** A new or revised plan, as the manager wrote it. */
  | { readonly kind: "write"; readonly tasks: readonly PlanTask[] }
  /** A tool began, ended or failed: the first fitting task of that tool follows. */
  | {
      readonly kind: "tool";
      readonly tool: string;
      readonly status: "running" | "done" | "failed";
      readonly note?: string;
    };

/** The plan after an update. A task that is done stays done when a revised plan names it again. */
export function updatePlan(plan: readonly PlanTask[], update: PlanUpdate): PlanTask[] {
  if (update.kind === "write") {
    const done = new Set(plan.filter((task) => task.status === "done").map((task) => task.id));
    return update.tasks.map((task) => (done.has(task.id) ? { ...task, status: "done" } : task));
  }
  const from = update.status === "running" ? ["pending", "failed"] : ["running", "pending", "failed"];
  const at = plan.findIndex((task) => task.tool === update.tool && from.includes(task.status));
  if (at >= 0) {
    return plan.map((task, index) => {
      if (index !== at) return task;
      const { note: _earlier, ...rest } = task;
      return { ...rest, status: update.status, ...(update.note === undefined ? {} : { note: update.note }) };
    });
  }
  // The model called a tool that its plan does not name: the plan shows what really happened.
  const serial = plan.filter((task) => task.tool === update.tool).length + 1;
  const added: PlanTask = {
    id: `${update.tool}-${serial}`,
    tool: update.tool,
    purpose: "Called beside the plan",
    dependsOn: [],
    status: update.status,
    ...(update.note === undefined ? {} : { note: update.note }),
  };
  return [...plan, added];
}

/**
 * The problems of a plan as written: an id used twice, a dependency that is not there, a cycle.
 * @returns sentences, none where the plan is sound
 */
export function planProblems(tasks: readonly PlanTask[]): string[] {
  const problems: string[] = [];
  const ids = new Set<string>();
  for (const task of tasks) {
    if (ids.has(task.id)) problems.push(`The id "${task.id}" is used twice.`);
    ids.add(task.id);
  }
  const open = new Map(tasks.map((task) => [task.id, new Set(task.dependsOn)]));
  for (const task of tasks) {
    for (const id of task.dependsOn) {
      if (!ids.has(id)) problems.push(`Task "${task.id}" depends on "${id}", which is not in the plan.`);
    }
  }
  if (problems.length > 0) return problems;
  for (;;) {
    const [ready] = [...open].filter(([, dependsOn]) => dependsOn.size === 0).map(([id]) => id);
    if (ready === undefined) break;
    open.delete(ready);
    for (const dependsOn of open.values()) dependsOn.delete(ready);
  }
  if (open.size > 0)
    problems.push(`The tasks ${[...open.keys()].join(", ")} depend on each other in a circle.`);
  return problems;
}
