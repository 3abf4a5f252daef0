import type { Step } from "../domain/run/step.ts";
import type { ToolContext } from "./tool.ts";

/** Says that a step begins; the function returned says that it is done, with its time. */
export function startStep(
  ctx: ToolContext,
  agent: string,
  tool: string,
  label: string,
): (rest: Pick<Step, "by" | "summary"> & Partial<Step>) => Step {
  const started = performance.now();
  ctx.emit({ type: "step-started", agent, tool, label });
  return (rest) => {
    const step: Step = { agent, tool, ms: Math.round(performance.now() - started), ...rest };
    ctx.emit({ type: "step-finished", step });
    return step;
  };
}
