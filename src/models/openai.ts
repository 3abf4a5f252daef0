import { BaseChatModel } from "@langchain/core/language_models/chat_models";
import { AIMessageChunk } from "@langchain/core/messages";
import type { ChatGenerationChunk, ChatResult } from "@langchain/core/outputs";
import { ChatOpenAICompletions } from "@langchain/openai";
import { FinAgentError } from "../domain/errors.ts";
import { toModelError, type ModelEndpoint } from "./model-error.ts";
import { patientFetch } from "./patient-fetch.ts";
import { RawToolCalls } from "./raw-tool-calls.ts";

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

  constructor(endpoint: ModelEndpoint, { timeoutSeconds, maxRetries }: OpenAiOptions) {
    super({
      model: endpoint.model,
      // A placeholder where there is no key: left out, the client would take the environment's and send it anywhere.
      apiKey: endpoint.apiKey ?? "none",
      streamUsage: true,
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
      const result = await super._generate(messages, options, runManager);
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
      for await (const chunk of super._streamResponseChunks(messages, options, runManager)) {
        finished ||= chunk.generationInfo?.["finish_reason"] !== undefined;
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
