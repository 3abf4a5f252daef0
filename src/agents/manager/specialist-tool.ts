import { ToolMessage } from "@langchain/core/messages";
import { type StructuredToolInterface, tool, type ToolRuntime } from "@langchain/core/tools";
import { Command } from "@langchain/langgraph";
import { sparkline } from "../../domain/backtest/sparkline.ts";
import { FinAgentError } from "../../domain/errors.ts";
import type { ArtifactKinds } from "../../domain/ports.ts";
import type { GraphIdentity } from "../../domain/run/compose.ts";
import { compactJson } from "../../domain/run/compact-json.ts";
import type { RunEvent } from "../../domain/run/event.ts";
import type { Step } from "../../domain/run/step.ts";
import { parseInput, type ToolContext } from "../../tools/tool.ts";
import { identify } from "../identity.ts";
import { consult, type Mind } from "../consult.ts";
import type { Role, Specialist } from "../specialist.ts";
import { type References, toolStateSchema } from "./state.ts";

const SPARKLINE_WIDTH = 32;

/** What every run of a graph shares; time, cancellation and events are added for each call. */
export type Services = Omit<ToolContext, "asOf" | "signal" | "emit" | "identity"> & {
  readonly identity: GraphIdentity;
};

/** The context of one tool call inside the manager's loop. */
export function contextOf(services: Services, runtime: ToolRuntime): ToolContext {
  const { asOf } = toolStateSchema.parse(runtime.state);
  return {
    ...services,
    identity: identify(services.identity, runtime.configurable),
    asOf,
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
      const step = (rest: Pick<Step, "by" | "summary"> & Partial<Step>): Step => ({
        agent: role,
        tool: toolName,
        ms: Math.round(performance.now() - started),
        ...rest,
      });
      ctx.emit({ type: "step-started", agent: role, tool: toolName, label: label(raw) });
      try {
        const input = parseInput(specialist.input, raw);
        const { report, by, fallback, usage } = await consult(specialist, ctx, input, mind);
        const id = await ctx.artifacts.put(role, report);
        return finish(
          step({
            by: specialist.decides ? by : null,
            summary: specialist.summarise(report),
            ...(fallback === null ? {} : { fallback: `${fallback.code}: ${fallback.message}` }),
          }),
          {
            content: compactJson({ [`${role}Id`]: id, by, ...forModel(role, report) }),
            references: { [role]: id },
            usage: { inputTokens: usage.inputTokens, outputTokens: usage.outputTokens },
          },
        );
      } catch (error) {
        if (!(error instanceof FinAgentError) || error.exitStatus === 1) throw error;
        return finish(step({ by: null, summary: error.message, error: `${error.code}: ${error.message}` }), {
          content: compactJson(error),
          status: "error",
        });
      }

      function finish(
        done: Step,
        result: {
          content: string;
          status?: "error";
          references?: References;
          usage?: { inputTokens: number; outputTokens: number };
        },
      ): Command {
        ctx.emit({ type: "step-finished", step: done });
        const failed = result.status === "error";
        return new Command({
          update: {
            messages: [
              new ToolMessage({
                content: result.content,
                name: toolName,
                tool_call_id: runtime.toolCallId,
                ...(failed ? { status: "error" } : {}),
              }),
            ],
            plan: {
              kind: "tool",
              tool: toolName,
              status: failed ? "failed" : "done",
              ...(failed ? { note: done.summary } : {}),
            },
            steps: [done],
            ...(result.references === undefined ? {} : { references: result.references }),
            ...(result.usage === undefined ? {} : { usage: result.usage }),
          },
        });
      }
    },
    { name: toolName, description: specialist.description, schema: specialist.input },
  ) as StructuredToolInterface;
}

/** The report without what only a machine reads. */
function forModel(role: Role, report: ArtifactKinds[Role]): Record<string, unknown> {
  if (role === "backtest" && "equity" in report) {
    const { equity, tradeList: _trades, ...rest } = report;
    return {
      ...rest,
      sparkline: sparkline(
        equity.map(([, value]) => value),
        SPARKLINE_WIDTH,
      ),
    };
  }
  return { ...report };
}

function label(raw: unknown): string {
  const symbols: unknown =
    typeof raw === "object" && raw !== null && "symbols" in raw ? raw.symbols : undefined;
  return Array.isArray(symbols) ? symbols.join(", ") : "";
}
