import type { BaseLanguageModelInput } from "@langchain/core/language_models/base";
import {
  BaseChatModel,
  type BaseChatModelCallOptions,
  type BindToolsInput,
} from "@langchain/core/language_models/chat_models";
import type { AIMessageChunk, BaseMessage } from "@langchain/core/messages";
import type { ChatResult } from "@langchain/core/outputs";
import type { Runnable } from "@langchain/core/runnables";
import { concat } from "@langchain/core/utils/stream";
import { redactTexts } from "../../domain/redact.ts";
import { type TapedOutcome, type TapedTurn, tapedOutcomeSchema } from "../../domain/run/run-tape.ts";
import { toModelError } from "../model-error.ts";
import type { CallSpending } from "../spending/call-spending.ts";
import { withCall } from "../spending/in-force.ts";
import { costOfMessage, writeCost } from "../spending/usage-of-message.ts";
import type { Pay } from "../spending/pay.ts";
import { callKey, type Question } from "./call-key.ts";
import { Playback } from "./playback.ts";
import { tapedAnswer } from "./taped-answer.ts";
import { tapeInForce } from "./with-tape.ts";

type Options = Partial<BaseChatModelCallOptions>;

export interface TapedOptions {
  /** Whose model it is. */
  readonly agent: string;
  /** Never written, wherever they occur. */
  readonly secrets: readonly string[];
  /** The money of a call that reaches the model, once what can be known of its size is set apart. */
  readonly pay: Pay;
}

/** What is asked in the model's place once tools are bound to it, and with which. */
interface Bound {
  readonly asked: Runnable<BaseLanguageModelInput, AIMessageChunk>;
  readonly tools: readonly BindToolsInput[];
  readonly options: Options;
}

/**
 * A chat model whose calls go by way of the tape of the run in progress (`withTape`); without one it is the model
 * itself. A call that is recorded is a call of the model with nothing in between: its stream, its callbacks and its
 * errors are its own. One that is held on the tape never reaches the model.
 */
export class TapedModel extends BaseChatModel {
  readonly #model: BaseChatModel;
  readonly #taped: TapedOptions;
  readonly #bound: Bound;

  constructor(model: BaseChatModel, taped: TapedOptions, bound?: Bound) {
    super({});
    this.#model = model;
    this.#taped = taped;
    this.#bound = bound ?? { asked: model, tools: [], options: {} };
    this.lc_namespace = model.lc_namespace;
    this.disableStreaming = model.disableStreaming;
  }

  _llmType(): string {
    // The base class asks before the model is known.
    return #model in this ? this.#model._llmType() : "taped";
  }

  override _modelType(): string {
    return this.#model._modelType();
  }

  override get profile(): BaseChatModel["profile"] {
    return this.#model.profile;
  }

  override getName(suffix?: string): string {
    return this.#model.getName(suffix);
  }

  override getLsParams(options: this["ParsedCallOptions"]): ReturnType<BaseChatModel["getLsParams"]> {
    return this.#model.getLsParams(options);
  }

  override invocationParams(options?: this["ParsedCallOptions"]): unknown {
    return this.#model.invocationParams(options);
  }

  override bindTools(
    tools: BindToolsInput[],
    options: Options = {},
  ): Runnable<BaseLanguageModelInput, AIMessageChunk> {
    const asked = this.#model.bindTools?.(tools, options);
    if (asked === undefined) throw new TypeError(`The model ${this.getName()} takes no tools.`);
    return new TapedModel(this.#model, this.#taped, { asked, tools, options });
  }

  override async invoke(input: BaseLanguageModelInput, options: Options = {}): Promise<AIMessageChunk> {
    const question = this.#question(input, options);
    const turn = await this.#turn(question);
    if (turn.held !== null) return this.#play(turn.held, turn.cached).invoke(input, options);
    const answer = await this.#watched(turn.keep, options, async () => {
      const paid = await this.#taped.pay(this.#taped.agent, this.#model, question);
      try {
        const given = await withCall(paid, async () => this.#bound.asked.invoke(input, options));
        await paid.answered(given);
        return given;
      } finally {
        await paid.broken();
      }
    });
    await turn.keep(this.#outcome({ answer: tapedAnswer(answer) }));
    return answer;
  }

  override async *_streamIterator(
    input: BaseLanguageModelInput,
    options: Options = {},
  ): AsyncGenerator<AIMessageChunk> {
    const question = this.#question(input, options);
    const turn = await this.#turn(question);
    if (turn.held !== null) {
      yield* await this.#play(turn.held, turn.cached).stream(input, options);
      return;
    }
    const paid = await this.#watched(turn.keep, options, async () =>
      this.#taped.pay(this.#taped.agent, this.#model, question),
    );
    try {
      yield* this.#recordedStream(turn.keep, paid, input, options);
    } finally {
      await paid.broken();
    }
  }

  /** For callers of `generate`, who hear no tokens. */
  async _generate(messages: BaseMessage[], options: this["ParsedCallOptions"]): Promise<ChatResult> {
    const message = await this.invoke(messages, options);
    return { generations: [{ text: message.text, message }] };
  }

  #question(input: BaseLanguageModelInput, options: Options): Question {
    const { tools, options: bound } = this.#bound;
    const messages = BaseChatModel._convertInputToPromptValue(input).toChatMessages();
    return { messages, tools, options: { ...bound, ...options } };
  }

  async #turn(question: Question): Promise<TapedTurn> {
    const tape = tapeInForce();
    if (tape === undefined) return { held: null, keep: () => Promise.resolve() };
    const { agent, secrets } = this.#taped;
    return tape.ask({ key: callKey(this.#model, question, secrets), agent });
  }

  async *#recordedStream(
    keep: Keep,
    paid: CallSpending,
    input: BaseLanguageModelInput,
    options: Options,
  ): AsyncGenerator<AIMessageChunk> {
    const stream = await this.#watched(keep, options, async () =>
      withCall(paid, async () => this.#bound.asked.stream(input, options)),
    );
    let whole: AIMessageChunk | undefined;
    let last: AIMessageChunk | undefined;
    for (;;) {
      const next = await this.#watched(keep, options, async () => withCall(paid, async () => stream.next()));
      if (next.done === true) break;
      if (last !== undefined) yield last;
      last = next.value;
      whole = whole === undefined ? last : concat(whole, last);
    }
    if (whole === undefined || last === undefined) return;
    // What all of it cost stands on the last part, which was held back until that is known.
    await paid.answered(whole);
    if (last !== whole) writeCost(last, costOfMessage(whole));
    await keep(this.#outcome({ answer: tapedAnswer(whole) }));
    yield last;
  }

  #play(held: TapedOutcome, cached: boolean): Playback {
    return new Playback(this.#model, held, cached);
  }

  /** Keeps a failure, but not that the caller has stopped. */
  async #watched<T>(keep: Keep, { signal }: Options, work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      if (signal?.aborted !== true) await keep(this.#outcome({ failure: toModelError(error) }));
      throw error;
    }
  }

  #outcome(outcome: object): TapedOutcome {
    return tapedOutcomeSchema.parse(redactTexts(outcome, this.#taped.secrets));
  }
}

type Keep = (outcome: TapedOutcome) => Promise<void>;
