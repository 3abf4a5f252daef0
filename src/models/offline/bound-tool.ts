import type { BindToolsInput, ToolChoice } from "@langchain/core/language_models/chat_models";
import { convertToOpenAITool } from "@langchain/core/utils/function_calling";

/** A bound tool in OpenAI's form, with whether it takes the structured answer instead of doing work. */
export interface BoundToolDefinition {
  readonly type: "function";
  readonly function: { readonly name: string; readonly description?: string; readonly parameters: unknown };
  readonly output: boolean;
}

/**
 * LangChain passes real tools as objects that can be invoked, and the forms of structured output as bare
 * definitions: beside other tools with the tool choice "any" (createAgent), or alone (withStructuredOutput).
 */
export function boundTool(
  tool: BindToolsInput,
  among: number,
  choice: ToolChoice | undefined,
): BoundToolDefinition {
  const bare = typeof tool === "object" && !("invoke" in tool) && "function" in tool;
  const definition = convertToOpenAITool(tool as Parameters<typeof convertToOpenAITool>[0]);
  const { name, description, parameters } = definition.function;
  return {
    type: "function",
    function: { name, ...(description === undefined ? {} : { description }), parameters },
    output: bare && (among === 1 || choice === "any" || choice === "required" || choice === name),
  };
}
