import { type StructuredToolInterface, tool, type ToolRuntime } from "@langchain/core/tools";
import type { Artifacts } from "../../domain/ports.ts";
import type { GraphIdentity } from "../../domain/run/compose.ts";
import { compactJson } from "../../domain/run/compact-json.ts";
import type { RunEvent } from "../../domain/run/event.ts";
import { stretchesOf } from "../../domain/run/stand-ins.ts";
import type { Step } from "../../domain/run/step.ts";
import type { ToolContext } from "../../tools/tool.ts";
import { identify, threadOf } from "../identity.ts";
import { consult, type Mind } from "../consult.ts";
import { forModel } from "../for-model.ts";
import { modelCanActOn } from "../model-can-act-on.ts";
import { parseArguments, toolSchema } from "../model-schema.ts";
import type { Role, Specialist } from "../specialist.ts";
import { toolStateSchema } from "./state.ts";
import { toolCommand } from "./tool-command.ts";

/** What every run of a graph shares; its thread's artifacts, time, cancellation and events are added for each call. */
export type Services = Omit<ToolContext, "artifacts" | "asOf" | "signal" | "emit" | "identity"> & {
  readonly identity: GraphIdentity;
  artifactsOf(threadId: string | null): Artifacts;
};

/** The context of one tool call inside the manager's loop. */
export function contextOf(services: Services, runtime: ToolRuntime): ToolContext {
  const { asOf } = toolStateSchema.parse(runtime.state);
  const identity = identify(services.identity, runtime.configurable);
  return {
    ...services,
    identity,
    artifacts: services.artifactsOf(threadOf(runtime.configurable)),
    asOf,
    nested: true,
    signal: runtime.signal ?? new AbortController().signal,
    emit: (event: RunEvent) => runtime.writer?.(event),
  };
}

/**
 * A specialist as a tool of the manager. Its report goes to the artifact store, its id and a compact form to
 * the model; a failure goes to the model as a message that it can act on.
 */
export function specialistTool<K extends Role>(
  specialist: Specialist<K>,
  services: Services,
  mind: Mind,
): StructuredToolInterface {
  const { role, toolName } = specialist;
  return tool(
    async (raw: unknown, runtime: ToolRuntime) => {
      const ctx = contextOf(services, runtime);
      const started = performance.now();
      const finish = (rest: Pick<Step, "by" | "summary"> & Partial<Step>): Step => {
        const ms = Math.round(performance.now() - started);
        const step: Step = { agent: role, tool: toolName, ms, ...rest };
        ctx.emit({ type: "step-finished", step });
        return step;
      };
      ctx.emit({ type: "step-started", agent: role, tool: toolName, label: label(raw), input: raw });
      try {
        const input = parseArguments(specialist.input, raw);
        const { report, by, fallback, summary, usage } = await consult(specialist, ctx, input, mind);
        const id = await ctx.artifacts.put(role, report);
        const stoodIn = fallback === null ? {} : { fallback: `${fallback.code}: ${fallback.message}` };
        const standIns = stretchesOf([{ at: "asOf" in report ? report.asOf : null, fallback }]);
        const step = finish({
          by: specialist.decides ? by : null,
          summary: specialist.summarise(report),
          ...stoodIn,
          ...(standIns.length === 0 ? {} : { standIns }),
        });
        return toolCommand(runtime, step, {
          content: compactJson({
            // A data set goes by the id that stands in its report.
            ...(role === "data" ? {} : { [`${role}Id`]: id }),
            // Told otherwise, a manager whose questions are on a tape would be asked new ones.
            by: by === "cache" ? "llm" : by,
            ...stoodIn,
            ...Object(forModel(report)),
            ...(summary === null ? {} : { summary }),
          }),
          references: { [role]: id },
          usage,
        });
      } catch (error) {
        if (!modelCanActOn(error)) throw error;
        const step = finish({
          by: null,
          summary: error.message,
          error: `${error.code}: ${error.message}`,
        });
        return toolCommand(runtime, step, { content: compactJson(error), status: "error" });
      }
    },
    { name: toolName, description: specialist.description, schema: toolSchema(specialist.input) },
  ) as StructuredToolInterface;
}

function label(raw: unknown): string {
  const symbols: unknown =
    typeof raw === "object" && raw !== null && "symbols" in raw ? raw.symbols : undefined;
  return Array.isArray(symbols) ? symbols.join(", ") : "";
}
