import { type StructuredToolInterface, tool } from "@langchain/core/tools";
import { compactJson } from "../domain/run/compact-json.ts";
import type { Tool, ToolContext } from "../tools/tool.ts";
import { forModel } from "./for-model.ts";
import { modelCanActOn } from "./model-can-act-on.ts";
import { parseArguments, toolSchema } from "./model-schema.ts";

/** A capability as a tool of a LangChain agent. */
export function toLangChainTool(capability: Tool, ctx: ToolContext): StructuredToolInterface {
  return tool((input: unknown) => callForModel(capability, ctx, input), {
    name: capability.name,
    description: capability.description,
    schema: toolSchema(capability.input),
  }) as StructuredToolInterface;
}

/**
 * Runs a capability and tells the model what came of it: its output, or the code, the message and the next step
 * of an error that can be acted on.
 * @throws the error itself where the model can do nothing about it
 */
export async function callForModel(capability: Tool, ctx: ToolContext, input: unknown): Promise<string> {
  try {
    return compactJson(forModel(await capability.run(ctx, parseArguments(capability.input, input))));
  } catch (error) {
    if (modelCanActOn(error)) return compactJson(error);
    throw error;
  }
}
