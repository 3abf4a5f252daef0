import type { ConfigInput } from "../../src/config.ts";
import type { RunEvent } from "../../src/domain/run/event.ts";
import type { PlanTask } from "../../src/domain/run/plan.ts";
import type { RunReport } from "../../src/domain/run/report.ts";
import type { RuntimeParts } from "../../src/runtime.ts";
import { askTool } from "../../src/tools/ask.ts";
import type { Subject } from "./suite.ts";

/** One call of a tool by the manager. */
export interface ToolCall {
  readonly tool: string;
  readonly input: Readonly<Record<string, unknown>>;
  /** Code and message where it failed. */
  readonly error?: string;
}

/** What a request led to. */
export interface Asked {
  readonly report: RunReport;
  /** The manager's calls in the order in which they began. */
  readonly calls: readonly ToolCall[];
  /** The same calls by the turn of the model that made them: those of one turn run side by side. */
  readonly turns: readonly (readonly ToolCall[])[];
  /** Whether a plan was written before the first call. */
  readonly plannedFirst: boolean;
  /** Every plan that was written or changed, in order. */
  readonly plans: readonly (readonly PlanTask[])[];
}

/** Asks the subject in a runtime of its own, which knows nothing of other samples. */
export async function askSubject(
  subject: Subject,
  request: string,
  settings: ConfigInput,
  parts: RuntimeParts = {},
): Promise<Asked> {
  const runtime = subject.runtime(settings, parts);
  const turns: Call[][] = [];
  const plans: PlanTask[][] = [];
  const heard = { plannedFirst: false };
  try {
    const report = await runtime.run(
      askTool,
      { request },
      {
        onEvent: (event) => {
          if (event.type === "plan" && turns.flat().length === 0) heard.plannedFirst = true;
          hear(event, turns, plans);
        },
      },
    );
    const made = turns.filter((turn) => turn.length > 0);
    return { report, calls: made.flat(), turns: made, plannedFirst: heard.plannedFirst, plans };
  } finally {
    await runtime.close();
  }
}

interface Call {
  readonly tool: string;
  readonly input: Readonly<Record<string, unknown>>;
  error?: string;
  ended?: boolean;
}

function hear(event: RunEvent, turns: Call[][], plans: PlanTask[][]): void {
  if (event.type === "model-call" && event.agent === "manager") turns.push([]);
  if (event.type === "plan") plans.push([...event.plan]);
  if (event.type === "step-started") {
    const input = isRecord(event.input) ? event.input : {};
    const turn = turns.at(-1) ?? [];
    if (turns.length === 0) turns.push(turn);
    turn.push({ tool: event.tool, input });
  }
  if (event.type === "step-finished") {
    const call = turns.flat().find((one) => one.tool === event.step.tool && one.ended !== true);
    if (call === undefined) return;
    call.ended = true;
    if (event.step.error !== undefined) call.error = event.step.error;
  }
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
