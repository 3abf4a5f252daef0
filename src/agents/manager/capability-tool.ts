import { type StructuredToolInterface, tool, type ToolRuntime } from "@langchain/core/tools";
import { z } from "zod";
import { FinAgentError } from "../../domain/errors.ts";
import { compactJson } from "../../domain/run/compact-json.ts";
import type { Step } from "../../domain/run/step.ts";
import { parseInput, type Tool } from "../../tools/tool.ts";
import { type Usage, usageSchema } from "../../domain/run/usage.ts";
import { modelCanActOn } from "../model-can-act-on.ts";
import { parseArguments, toolSchema } from "../model-schema.ts";
import { contextOf, type Services } from "./specialist-tool.ts";
import { toolCommand } from "./tool-command.ts";

const SUMMARY_LENGTH = 120;

/**
 * A capability that no specialist stands for, as a tool of the manager: a step like theirs, its output to the
 * model, a failure as a message that the model can act on.
 */
export function capabilityTool(capability: Tool, services: Services): StructuredToolInterface {
  const { name, description, input, forModel } = capability;
  const schema = forModel?.input ?? input;
  return tool(
    async (raw: unknown, runtime: ToolRuntime) => {
      const ctx = contextOf(services, runtime);
      const started = performance.now();
      const finish = (rest: Pick<Step, "summary"> & Partial<Step>): Step => {
        const ms = Math.round(performance.now() - started);
        const step: Step = { agent: "manager", tool: name, ms, by: null, ...rest };
        ctx.emit({ type: "step-finished", step });
        return step;
      };
      ctx.emit({ type: "step-started", agent: "manager", tool: name, label: "", input: raw });
      try {
        const asked = parseInput(input, parseArguments(schema, raw));
        const output = checkedOutput(capability, await capability.run(ctx, asked));
        const content = compactJson(forModel?.brief(output) ?? output);
        return toolCommand(runtime, finish({ summary: inBrief(content) }), { content, ...usageOf(output) });
      } catch (error) {
        if (!modelCanActOn(error)) throw error;
        const step = finish({ summary: error.message, error: `${error.code}: ${error.message}` });
        return toolCommand(runtime, step, { content: compactJson(error), status: "error" });
      }
    },
    { name, description, schema: toolSchema(schema) },
  ) as StructuredToolInterface;
}

/** What a capability that asks models has spent. */
function usageOf(output: unknown): { readonly usage?: Usage } {
  const { data } = z.object({ usage: usageSchema }).safeParse(output);
  return data === undefined ? {} : { usage: data.usage };
}

/** One line for people: what each field of the output holds, lists by their length. */
function inBrief(content: string): string {
  const output: unknown = JSON.parse(content);
  const fields = typeof output === "object" && output !== null ? Object.entries(output) : [];
  const line = fields.map(([key, value]: [string, unknown]) => {
    if (Array.isArray(value)) return `${key} (${value.length})`;
    return typeof value === "object" && value !== null ? key : `${key} ${String(value)}`;
  });
  const text = line.length === 0 ? content : line.join(", ");
  return text.length <= SUMMARY_LENGTH ? text : `${text.slice(0, SUMMARY_LENGTH - 1)}…`;
}

/** JSON would turn NaN into null without a word, so what a capability returns is held to its schema. */
function checkedOutput({ name, output }: Tool, value: unknown): unknown {
  const parsed = output.safeParse(value);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const field = issue?.path.map(String).join(".") ?? "";
  throw new FinAgentError(
    "INTERNAL",
    `The tool ${name} returned what its output schema does not allow: ${field === "" ? "" : `${field}: `}${issue?.message}.`,
    { hint: "Correct the tool's run or its output schema.", details: { tool: name, field } },
  );
}
