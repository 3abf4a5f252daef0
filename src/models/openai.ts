import { BaseChatModel } from "@langchain/core/language_models/chat_models";
import { AIMessage, AIMessageChunk, type BaseMessage } from "@langchain/core/messages";
import type { ChatGenerationChunk, ChatResult } from "@langchain/core/outputs";
import { ChatOpenAICompletions } from "@langchain/openai";
import { FinAgentError } from "../domain/errors.ts";
import { toModelError, type ModelEndpoint } from "./model-error.ts";
import { patientFetch } from "./patient-fetch.ts";
import { isObject, RawToolCalls } from "./raw-tool-calls.ts";

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
  return new OpenAiChatModel({ model: name, baseUrl, apiKey }, options);
}

class OpenAiChatModel extends ChatOpenAICompletions {
  readonly #endpoint: ModelEndpoint;

  constructor(endpoint: ModelEndpoint, { timeoutSeconds, maxRetries, streaming = true }: OpenAiOptions) {
    super({
      model: endpoint.model,
      // A placeholder where there is no key: left out, the client would take the environment's and send it anywhere.
      apiKey: endpoint.apiKey ?? "none",
      streamUsage: true,
      disableStreaming: !streaming,
      timeout: NEVER_MS,
      maxRetries: 0,
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
