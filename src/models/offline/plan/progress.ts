import type { Request } from "../request/request.ts";
import type { ToolError } from "../tool-outcome.ts";
import { judge } from "./evaluate.ts";
import type { CallRecord } from "./record.ts";
import { type Results, type TaskId, TOOLS, withResult } from "./results.ts";
import { conditionsText, type Task } from "./task.ts";

export type TaskState =
  | { readonly task: Task; readonly status: "waiting" }
  | {
      readonly task: Task;
      readonly status: "ready";
      readonly args: Readonly<Record<string, unknown>>;
      readonly note?: string;
    }
  | { readonly task: Task; readonly status: "done"; readonly earlier: boolean }
  | { readonly task: Task; readonly status: "failed"; readonly error: ToolError }
  | { readonly task: Task; readonly status: "skipped"; readonly note: string };

export interface Progress {
  readonly states: readonly TaskState[];
  readonly results: Results;
}

/** How far the tasks have come, from the calls made so far. */
export function progressOf(tasks: readonly Task[], request: Request, record: CallRecord): Progress {
  const states = new Map<TaskId, TaskState>();
  let results: Results = {};
  for (const task of tasks) {
    const state = stateOf(task, states, results, request, record);
    states.set(task.id, state);
    if (state.status !== "done") continue;
    const args = task.args(results);
    const value = typeof args === "string" ? undefined : record.result(TOOLS[task.id], args)?.value;
    results = withResult(results, task.id, value);
  }
  return { states: [...states.values()], results };
}

function stateOf(
  task: Task,
  states: ReadonlyMap<TaskId, TaskState>,
  results: Results,
  request: Request,
  record: CallRecord,
): TaskState {
  for (const id of task.dependsOn) {
    const status = states.get(id)?.status;
    if (status === "failed" || status === "skipped") {
      return { task, status: "skipped", note: `It needs the task "${id}", which was not done.` };
    }
  }
  if (task.dependsOn.some((id) => states.get(id)?.status !== "done")) return { task, status: "waiting" };
  const { met, found } = judge(task.conditions, results);
  if (!met) return { task, status: "skipped", note: `To be done ${conditionsText(task) ?? ""}; ${found}.` };
  const args = task.args(results);
  if (typeof args === "string")
    return failed(task, { code: "DATA_INSUFFICIENT", message: args, details: {} });
  const result = record.result(TOOLS[task.id], args);
  if (result !== undefined) return { task, status: "done", earlier: result.earlier };
  const error = record.error(TOOLS[task.id], args);
  if (error !== undefined) return failed(task, error);
  const note = task.id === "data" ? correctionNote(request, record) : undefined;
  return { task, status: "ready", args, ...(note === undefined ? {} : { note }) };
}

function failed(task: Task, error: ToolError): TaskState {
  return { task, status: "failed", error };
}

/** "APPL is not known to the data source; AAPL was taken." */
export function correctionNote(request: Request, { corrections }: CallRecord): string | undefined {
  const notes = request.symbols.flatMap((symbol) => {
    const taken = corrections.get(symbol);
    return taken === undefined ? [] : [`${symbol} is not known to the data source; ${taken} was taken.`];
  });
  return notes.length === 0 ? undefined : notes.join(" ");
}
