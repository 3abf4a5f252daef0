import { z } from "zod";
import { canonicalJson } from "../../../domain/hash.ts";
import { WRITE_PLAN } from "../../../domain/run/plan.ts";
import type { Turn } from "../conversation.ts";
import { TOOLS } from "./results.ts";
import type { TaskState } from "./progress.ts";
import { conditionsText } from "./task.ts";

/** The plan as `write_plan` takes it (domain/run/plan.ts); a first plan carries no status but for what is there already. */
export function writtenPlan(states: readonly TaskState[]): { tasks: Record<string, unknown>[] } {
  return {
    tasks: states.map((state) => {
      const { task } = state;
      const condition = conditionsText(task);
      return {
        id: task.id,
        tool: TOOLS[task.id],
        purpose: task.purpose,
        dependsOn: task.dependsOn,
        ...(condition === undefined ? {} : { condition }),
        ...standing(state),
      };
    }),
  };
}

function standing(state: TaskState): { status?: string; note?: string } {
  switch (state.status) {
    case "done":
      return {
        status: "done",
        ...(state.earlier ? { note: "Known from earlier in this conversation." } : {}),
      };
    case "failed":
      return { status: "failed", note: `${state.error.code}: ${state.error.message}` };
    case "skipped":
      return { status: "skipped", note: state.note };
    case "ready":
      return state.note === undefined ? {} : { note: state.note };
    case "waiting":
      return {};
  }
}

const planSchema = z.object({
  tasks: z.array(z.object({ id: z.string(), status: z.string().optional(), note: z.string().optional() })),
});

/** Whether the turn still has to write its plan: none yet, or one that says nothing of a failure or a skip since. */
export function planIsDue(turn: Turn, states: readonly TaskState[]): boolean {
  const last = turn.steps.filter((step) => step.tool === WRITE_PLAN).at(-1);
  if (last === undefined) return states.some((state) => state.status === "ready");
  const written = planSchema.safeParse(last.args);
  const said = new Set(written.success ? turnsOf(written.data.tasks) : []);
  return turnsOf(planSchema.parse(writtenPlan(states)).tasks).some((turn) => !said.has(turn));
}

/** What a plan says beyond the plain course of things: failures, skips, corrections. */
function turnsOf(tasks: z.output<typeof planSchema>["tasks"]): string[] {
  return tasks
    .filter((task) => task.status !== "done" && (task.status !== undefined || task.note !== undefined))
    .map((task) => canonicalJson([task.id, task.status ?? "", task.note ?? ""]));
}
