import { setImmediate as nextTurn } from "node:timers/promises";
import type { CallbackManagerForLLMRun } from "@langchain/core/callbacks/manager";
import type { BaseLanguageModelInput } from "@langchain/core/language_models/base";
import {
  BaseChatModel,
  type BaseChatModelCallOptions,
  type BaseChatModelParams,
  type BindToolsInput,
} from "@langchain/core/language_models/chat_models";
import { AIMessage, AIMessageChunk, type BaseMessage, type ToolCall } from "@langchain/core/messages";
import { ChatGenerationChunk, type ChatResult } from "@langchain/core/outputs";
import type { Runnable } from "@langchain/core/runnables";
import { type BoundToolDefinition, boundTool } from "./bound-tool.ts";
import { readConversation } from "./conversation.ts";
import { decide } from "./decide.ts";
import type { Decision } from "./decision.ts";
import { decideStructured, type OutputForm } from "./specialist.ts";
import { asksForSummary, summarise } from "./summary.ts";
import { toolCalls } from "./tool-calls.ts";

export interface OfflineCallOptions extends BaseChatModelCallOptions {
  tools?: readonly BoundToolDefinition[];
  /** LangChain's native structured output (providerStrategy). */
  response_format?: { readonly type: string; readonly json_schema?: { readonly schema?: unknown } };
}

/** The name under which the model signs, in `response_metadata.model_name`. */
export const OFFLINE_MODEL = "offline";

// An `object`, because the type of this field collapses to `never` under exactOptionalPropertyTypes.
const NO_TOKENS: object = { usage_metadata: { input_tokens: 0, output_tokens: 0, total_tokens: 0 } };

/** Characters of arguments in one streamed chunk. */
const ARGUMENT_CHUNK = 64;

/**
 * A chat model without a language model: its planner is rules. It reads a request, plans, calls whatever of the
 * manager's tools are bound, reacts to their results and errors, and composes the answer from them. The same
 * messages always give the same message.
 *
 * A final message that asks back instead of answering carries `response_metadata.finagent = { kind: "question" }`
 * and `additional_kwargs.finagent = "question"`. One that had no data to stand on has the kind "failure", any other
 * final message the kind "answer".
 */
export class OfflineChatModel extends BaseChatModel<OfflineCallOptions> {
  constructor(fields: BaseChatModelParams = {}) {
    super(fields);
  }

  static override lc_name(): string {
    return "OfflineChatModel";
  }

  _llmType(): string {
    return OFFLINE_MODEL;
  }

  override getLsParams(options: this["ParsedCallOptions"]): ReturnType<BaseChatModel["getLsParams"]> {
    return { ...super.getLsParams(options), ls_provider: OFFLINE_MODEL };
  }

  override bindTools(
    tools: BindToolsInput[],
    kwargs: Partial<OfflineCallOptions> = {},
  ): Runnable<BaseLanguageModelInput, AIMessageChunk, OfflineCallOptions> {
    const definitions = tools.map((tool) => boundTool(tool, tools.length, kwargs.tool_choice));
    return this.withConfig({ ...kwargs, tools: definitions });
  }

  async _generate(messages: BaseMessage[], options: this["ParsedCallOptions"]): Promise<ChatResult> {
    await nextTurn();
    options.signal?.throwIfAborted();
    const reply = replyTo(messages, options);
    // LangChain's withStructuredOutput reads its answer from chunks only.
    const onlyOutput = options.tools?.every((tool) => tool.output) === true;
    const message = onlyOutput
      ? new AIMessageChunk({ ...reply, ...NO_TOKENS })
      : new AIMessage({ ...reply, ...NO_TOKENS });
    return { generations: [{ text: reply.content, message }], llmOutput: {} };
  }

  override async *_streamResponseChunks(
    messages: BaseMessage[],
    options: this["ParsedCallOptions"],
    runManager?: CallbackManagerForLLMRun,
  ): AsyncGenerator<ChatGenerationChunk> {
    for (const message of chunksOf(replyTo(messages, options))) {
      // A model over the network lets other work run in between; so does this one.
      await nextTurn();
      options.signal?.throwIfAborted();
      const text = typeof message.content === "string" ? message.content : "";
      const chunk = new ChatGenerationChunk({ message, text });
      yield chunk;
      await runManager?.handleLLMNewToken(text, undefined, undefined, undefined, undefined, { chunk });
    }
  }
}

interface Reply {
  readonly content: string;
  readonly tool_calls: ToolCall[];
  readonly additional_kwargs: Record<string, unknown>;
  readonly response_metadata: Record<string, unknown>;
}

function replyTo(messages: readonly BaseMessage[], options: OfflineCallOptions): Reply {
  const decision = nextStep(messages, options);
  const question = decision.kind === "question";
  return {
    content: decision.kind === "calls" ? "" : decision.text,
    tool_calls: decision.kind === "calls" ? toolCalls(messages, decision.calls) : [],
    additional_kwargs: question ? { finagent: "question" } : {},
    response_metadata: {
      model_name: OFFLINE_MODEL,
      ...(decision.kind === "calls" ? {} : { finagent: { kind: decision.kind } }),
    },
  };
}

function nextStep(messages: readonly BaseMessage[], options: OfflineCallOptions): Decision {
  const tools = options.tool_choice === "none" ? [] : (options.tools ?? []);
  const conversation = readConversation(messages);
  const output = outputForm(options);
  if (output !== undefined) {
    return decideStructured(
      conversation,
      tools.filter((tool) => !tool.output).map((tool) => tool.function),
      output,
    );
  }
  const prompt = conversation.turns.at(-1)?.text ?? "";
  if (tools.length === 0 && asksForSummary(prompt)) return { kind: "answer", text: summarise(prompt) };
  return decide(
    conversation,
    tools.map((tool) => tool.function),
  );
}

/** Where a structured answer is asked for: a tool that takes it, or a native response format. */
function outputForm({ tools, response_format: format }: OfflineCallOptions): OutputForm | undefined {
  const tool = tools?.find((one) => one.output);
  if (tool !== undefined) return { kind: "tool", tool: tool.function };
  return format?.type === "json_schema" ? { kind: "text", schema: format.json_schema?.schema } : undefined;
}

/** The reply in words and pieces of arguments, with the metadata on the last chunk. */
function* chunksOf(reply: Reply): Generator<AIMessageChunk> {
  for (const [word] of reply.content.matchAll(/\S+\s*|\s+/g)) yield new AIMessageChunk(word);
  for (const [index, call] of reply.tool_calls.entries()) {
    const args = JSON.stringify(call.args);
    for (let at = 0; at < args.length; at += ARGUMENT_CHUNK) {
      const named = at === 0 ? { name: call.name, ...(call.id === undefined ? {} : { id: call.id }) } : {};
      yield new AIMessageChunk({
        content: "",
        tool_call_chunks: [
          { ...named, index, args: args.slice(at, at + ARGUMENT_CHUNK), type: "tool_call_chunk" },
        ],
      });
    }
  }
  yield new AIMessageChunk({
    content: "",
    ...NO_TOKENS,
    additional_kwargs: reply.additional_kwargs,
    response_metadata: reply.response_metadata,
  });
}
