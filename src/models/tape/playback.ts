import type { CallbackManagerForLLMRun } from "@langchain/core/callbacks/manager";
import { BaseChatModel } from "@langchain/core/language_models/chat_models";
import { AIMessageChunk, type AIMessage, type BaseMessage } from "@langchain/core/messages";
import { ChatGenerationChunk, type ChatResult } from "@langchain/core/outputs";
import { FinAgentError } from "../../domain/errors.ts";
import type { TapedOutcome } from "../../domain/run/run-tape.ts";
import { messageOf } from "./taped-answer.ts";

/** Gives one outcome as the model gave it, to whoever listens: an answer that came in a stream comes as one chunk. */
export class Playback extends BaseChatModel {
  readonly #model: BaseChatModel;
  readonly #held: TapedOutcome;
  readonly #cached: boolean;

  constructor(model: BaseChatModel, held: TapedOutcome, cached: boolean) {
    super({});
    // Who listens to the model, and with which marks, stays the same.
    Object.assign(this, { callbacks: model.callbacks, tags: model.tags, metadata: model.metadata });
    this.#model = model;
    this.#held = held;
    this.#cached = cached;
    this.disableStreaming = !("answer" in held && held.answer["chunk"] === true);
  }

  _llmType(): string {
    return "playback";
  }

  override getName(suffix?: string): string {
    return this.#model.getName(suffix);
  }

  override getLsParams(options: this["ParsedCallOptions"]): ReturnType<BaseChatModel["getLsParams"]> {
    return this.#model.getLsParams(options);
  }

  _generate(_messages: BaseMessage[], options: this["ParsedCallOptions"]): Promise<ChatResult> {
    options.signal?.throwIfAborted();
    const message = this.#message();
    return Promise.resolve({ generations: [{ text: message.text, message }] });
  }

  override async *_streamResponseChunks(
    _messages: BaseMessage[],
    options: this["ParsedCallOptions"],
    runManager?: CallbackManagerForLLMRun,
  ): AsyncGenerator<ChatGenerationChunk> {
    options.signal?.throwIfAborted();
    const message = this.#message();
    if (!AIMessageChunk.isInstance(message)) throw new TypeError("the answer did not come in a stream");
    const chunk = new ChatGenerationChunk({ message, text: message.text });
    yield chunk;
    await runManager?.handleLLMNewToken(message.text, undefined, undefined, undefined, undefined, { chunk });
  }

  #message(): AIMessage | AIMessageChunk {
    if ("answer" in this.#held) return messageOf(this.#held.answer, this.#cached);
    const { code, message, hint, details } = this.#held.failure;
    throw new FinAgentError(code, message, {
      ...(hint === undefined ? {} : { hint }),
      ...(details === undefined ? {} : { details }),
    });
  }
}
