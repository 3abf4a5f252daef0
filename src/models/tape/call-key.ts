import type { BaseChatModel, BindToolsInput } from "@langchain/core/language_models/chat_models";
import { AIMessage, type BaseMessage, ToolMessage } from "@langchain/core/messages";
import { convertToOpenAITool, isLangChainTool } from "@langchain/core/utils/function_calling";
import { canonicalJson, contentHash } from "../../domain/hash.ts";
import { redactTexts } from "../../domain/redact.ts";
import { modelName } from "../model-name.ts";

/** What is asked of a model. */
export interface Question {
  readonly messages: readonly BaseMessage[];
  readonly tools: readonly BindToolsInput[];
  /** Call options, among which those of LangChain that concern no model. */
  readonly options: Readonly<Record<string, unknown>>;
}

/** Call options that a model hears of. */
const SETTINGS = [
  "stop",
  "tool_choice",
  "response_format",
  "outputConfig",
  "responseSchema",
  "strict",
  "parallel_tool_calls",
  "temperature",
  "top_p",
  "max_tokens",
  "seed",
  "reasoning",
  "reasoning_effort",
  "verbosity",
] as const;

/**
 * Content hash of a question: the model and where it runs, the messages, the tools and the settings. Equal questions
 * have equal keys in every run; ids of messages, usage and metadata do not count, and a secret counts as hidden, so
 * that an answer from which it was taken leads to the same next question.
 */
export function callKey(model: BaseChatModel, question: Question, secrets: readonly string[]): string {
  const { messages, tools, options } = question;
  const told = Object.fromEntries(SETTINGS.map((name) => [name, options[name]]));
  const asked = {
    model: modelName(model),
    endpoint: endpointOf(model),
    messages: messages.map(said),
    tools: tools.map((tool) => (isLangChainTool(tool) ? convertToOpenAITool(tool) : tool)),
    settings: { ...told, own: ownSettings(model, told) },
  };
  return contentHash([canonicalJson(redactTexts(asked, secrets))]);
}

function said(message: BaseMessage): object {
  const { type, name, content } = message;
  if (AIMessage.isInstance(message)) {
    const { tool_calls = [], invalid_tool_calls = [] } = message;
    return {
      type,
      name,
      content,
      calls: tool_calls.map((call) => [call.id, call.name, call.args]),
      broken: invalid_tool_calls.map((call) => [call.id, call.name, call.args]),
    };
  }
  if (!ToolMessage.isInstance(message)) return { type, name, content };
  return { type, name, content, call: message.tool_call_id, status: message.status };
}

/** What the model's own fields add, e.g. its temperature; how the answer travels does not count. */
function ownSettings(model: BaseChatModel, told: object): object {
  const {
    stream: _stream,
    stream_options: _streamed,
    tools: _tools,
    ...own
  } = recordOf(model.invocationParams(told));
  return own;
}

/** Where a model of an OpenAI-compatible endpoint is asked, without a password that the URL may hold. */
function endpointOf(model: BaseChatModel): string | null {
  const url = recordOf(Reflect.get(model, "clientConfig"))["baseURL"];
  if (typeof url !== "string" || !URL.canParse(url)) return null;
  const { origin, pathname } = new URL(url);
  return `${origin}${pathname}`;
}

function recordOf(value: unknown): Record<string, unknown> {
  return typeof value === "object" && value !== null ? { ...value } : {};
}
