import type { BaseMessage } from "@langchain/core/messages";
import { addUsage, NO_USAGE, type Usage } from "../domain/run/usage.ts";
import { costOfMessage, tokensOf } from "./spending/usage-of-message.ts";
import { isFromCache } from "./tape/taped-answer.ts";

/** Whose answers they are, and of which model. */
interface Asked {
  readonly agent: string;
  readonly model: string;
}

/**
 * Tokens and cost of an answer, as its endpoint counted them and as its call was paid; an answer without a count adds no
 * tokens, and one that was held already nothing at all.
 */
export function usageOf({ agent, model }: Asked, answer: BaseMessage): Usage {
  if (isFromCache(answer)) return NO_USAGE;
  const { input: inputTokens, output: outputTokens } = tokensOf(answer) ?? { input: 0, output: 0 };
  const used = { inputTokens, outputTokens, cost: costOfMessage(answer) };
  return { ...used, byModel: [{ agent, model, calls: 1, ...used }] };
}

/** Counts the answers that it is told of, also those of a run that fails later. */
export class UsageMeter {
  readonly #asked: Asked;
  #answers = 0;
  #cached = 0;
  #usage = NO_USAGE;

  constructor(asked: Asked) {
    this.#asked = asked;
  }

  add(answer: BaseMessage): void {
    this.#answers += 1;
    if (isFromCache(answer)) this.#cached += 1;
    this.#usage = addUsage(this.#usage, usageOf(this.#asked, answer));
  }

  /** Whether there were answers, and all were held from earlier runs. */
  get fromCache(): boolean {
    return this.#answers > 0 && this.#answers === this.#cached;
  }

  get usage(): Usage {
    return this.#usage;
  }
}
