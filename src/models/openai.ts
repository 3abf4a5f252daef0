import { BaseChatModel } from "@langchain/core/language_models/chat_models";
import { AIMessage, AIMessageChunk, type BaseMessage } from "@langchain/core/messages";
import type { ChatGenerationChunk, ChatResult } from "@langchain/core/outputs";
import { ChatOpenAICompletions } from "@langchain/openai";
import { FinAgentError } from "../domain/errors.ts";
import { toModelError, type ModelEndpoint } from "./model-error.ts";
import { patientFetch } from "./patient-fetch.ts";
import { callInForce } from "./spending/in-force.ts";
import { isObject, RawToolCalls } from "./raw-tool-calls.ts";
import { payingByAttempt } from "./spending/pays-by-attempt.ts";

const OPENAI_URL = "https://api.openai.com/v1";

/** Longer than any attempt with its retries: the fetch below keeps the time, attempt by attempt. */
const NEVER_MS = 2_147_483_647;

export interface OpenAiOptions {
  /** The endpoint's name for the model. */
  readonly name: string;
  readonly apiKey?: string | undefined;
  /** Default: OpenAI's own. */
  readonly baseUrl?: string | undefined;
  readonly timeoutSeconds: number;
  readonly maxRetries: number;
  /** False: every answer is asked for as a whole. Default: as the caller streams or not. */
  readonly streaming?: boolean;
  /** The most tokens of an answer. Default: the endpoint's own limit, and where a budget is set that of the call. */
  readonly maxOutputTokens?: number | undefined;
}

/**
 * A chat model behind any endpoint that speaks OpenAI's Chat Completions, streaming (with usage) or not. It retries by
 * itself (see `patientFetch`), and every failure that is not the caller's own abort is a FinAgentError `MODEL_*`.
 *
 * @throws FinAgentError MODEL_AUTH where OpenAI itself is meant and no key is given
 */
export function openAiModel(options: OpenAiOptions): BaseChatModel {
  const { name, apiKey, baseUrl = OPENAI_URL } = options;
  if (apiKey === undefined && baseUrl === OPENAI_URL) {
    throw new FinAgentError("MODEL_AUTH", `The model openai:${name} needs a key, and none is set.`, {
      hint: "Set OPENAI_API_KEY, or OPENAI_BASE_URL for a local endpoint, or take `--model offline`.",
    });
  }
  return payingByAttempt(new OpenAiChatModel({ model: name, baseUrl, apiKey }, options));
}

class OpenAiChatModel extends ChatOpenAICompletions {
  readonly #endpoint: ModelEndpoint;

  constructor(endpoint: ModelEndpoint, options: OpenAiOptions) {
    const { timeoutSeconds, maxRetries, streaming = true, maxOutputTokens } = options;
    super({
      model: endpoint.model,
      // A placeholder where there is no key: left out, the client would take the environment's and send it anywhere.
      apiKey: endpoint.apiKey ?? "none",
      streamUsage: true,
      disableStreaming: !streaming,
      timeout: NEVER_MS,
      maxRetries: 0,
      ...(maxOutputTokens === undefined ? {} : { maxTokens: maxOutputTokens }),
      configuration: {
        baseURL: endpoint.baseUrl,
        organization: null,
        project: null,
        logLevel: "off",
        fetch: patientFetch({ timeoutSeconds, maxRetries }),
      },
    });
    this.#endpoint = endpoint;
  }

  /**
   * The limit that a call's money was set apart for is sent with it. It is no part of the question: a tape holds an answer
   * for whoever asks with another budget, or without.
   */
  override invocationParams(
    ...args: Parameters<ChatOpenAICompletions["invocationParams"]>
  ): ReturnType<ChatOpenAICompletions["invocationParams"]> {
    const params = super.invocationParams(...args);
    const limit = callInForce()?.maxOutputTokens;
    if (limit === undefined || this.maxTokens !== undefined) return params;
    return "max_completion_tokens" in params
      ? { ...params, max_completion_tokens: limit }
      : { ...params, max_tokens: limit };
  }

  override async _generate(
    ...[messages, options, runManager]: Parameters<ChatOpenAICompletions["_generate"]>
  ): Promise<ChatResult> {
    try {
      const result = await super._generate(messages.map(unnamed), options, runManager);
      if (result.generations.length === 0) throw new Error("the answer has no choices");
      return result;
    } catch (error) {
      throw this.#failure(error, options.signal);
    }
  }

  override async *_streamResponseChunks(
    ...[messages, options, runManager]: Parameters<ChatOpenAICompletions["_streamResponseChunks"]>
  ): AsyncGenerator<ChatGenerationChunk> {
    try {
      let finished = false;
      const calls = new RawToolCalls();
      const said = messages.map(unnamed);
      for await (const chunk of super._streamResponseChunks(said, options, runManager)) {
        const reason: unknown = chunk.generationInfo?.["finish_reason"];
        if (reason !== undefined) {
          finished = true;
          // Not every way of reading a stream puts it into the message.
          Object.assign(chunk.message.response_metadata, { finish_reason: reason });
        }
        if (AIMessageChunk.isInstance(chunk.message)) calls.add(chunk.message.tool_call_chunks);
        yield chunk;
      }
      // The client takes a stream that just ends for a complete one.
      if (!finished && options.signal?.aborted !== true) {
        throw new Error("the stream ended before the answer did");
      }
      const spoiler = calls.spoiler();
      if (spoiler !== null) yield spoiler;
    } catch (error) {
      throw this.#failure(error, options.signal);
    }
  }

  /** With broken calls set apart beforehand: the library would print advice about its packages for each. */
  protected override _convertCompletionsMessageToBaseMessage(
    ...[message, response]: Parameters<ChatOpenAICompletions["_convertCompletionsMessageToBaseMessage"]>
  ): BaseMessage {
    const calls = (message.tool_calls ?? []).filter((call) => "function" in call);
    const broken = calls.filter((call) => !isObject(call.function.arguments));
    const tool_calls = calls
      .filter((call) => !broken.includes(call))
      .map((call) => ({
        ...call,
        function: { ...call.function, arguments: call.function.arguments || "{}" },
      }));
    const converted = super._convertCompletionsMessageToBaseMessage({ ...message, tool_calls }, response);
    const invalid_tool_calls = broken.map(({ id, function: { name, arguments: args } }) => ({
      type: "invalid_tool_call" as const,
      id,
      name,
      args,
      error: "The arguments are not a JSON object.",
    }));
    return invalid_tool_calls.length === 0 ? converted : Object.assign(converted, { invalid_tool_calls });
  }

  /** By way of the chunks above, so that every stream is watched alike. */
  override _streamChatModelEvents(
    ...args: Parameters<BaseChatModel["_streamChatModelEvents"]>
  ): ReturnType<BaseChatModel["_streamChatModelEvents"]> {
    return BaseChatModel.prototype._streamChatModelEvents.apply(this, args);
  }

  #failure(error: unknown, signal: AbortSignal | undefined): unknown {
    return signal?.aborted === true ? error : toModelError(error, this.#endpoint);
  }
}

/** LangChain's agents sign their messages with a name, which some endpoints (Mistral's) refuse as an unknown field. */
function unnamed(message: BaseMessage): BaseMessage {
  if (!AIMessage.isInstance(message) || message.name === undefined) return message;
  const { content, tool_calls = [], additional_kwargs } = message;
  return new AIMessage({ content, tool_calls, additional_kwargs });
}
