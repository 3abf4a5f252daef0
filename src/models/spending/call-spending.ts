import type { BaseMessage } from "@langchain/core/messages";
import { costOf, mostOf } from "../../domain/cost/cost-of.ts";
import type { Price } from "../../domain/cost/price.ts";
import type { Caller, Reservation, Spending } from "../../domain/cost/spending.ts";
import { tokensOf, writeCost } from "./usage-of-message.ts";

/** An attempt under way, and the most that it can cost. */
interface Attempt {
  readonly reservation: Reservation;
  readonly most: number;
  /** Of the day on which it began. */
  readonly price: Price | null;
}

/**
 * The money of one call of a model, attempt by attempt: each is set apart before anything is sent, and none begins before
 * the one before it was settled.
 */
export class CallSpending {
  readonly #spending: Spending;
  readonly #by: Caller;
  /** What the request allows its answer; undefined where no budget is set. */
  readonly maxOutputTokens: number | undefined;
  #attempt: Attempt | null = null;

  /** @param maxOutputTokens the limit on an answer that is sent where a budget is set */
  constructor(spending: Spending, by: Caller, maxOutputTokens: number) {
    this.#spending = spending;
    this.#by = by;
    this.maxOutputTokens = spending.limited ? maxOutputTokens : undefined;
  }

  /**
   * Before an attempt.
   * @param bytes of the request's body
   * @throws FinAgentError BUDGET_SPENT and others, see `Spending.reserve`
   */
  async begin(bytes: number): Promise<void> {
    if (this.maxOutputTokens === undefined) return;
    await this.broken();
    const size = { bytes, maxOutputTokens: this.maxOutputTokens };
    const price = this.#spending.priceOf(this.#by.model);
    const reservation = await this.#spending.reserve(this.#by, size);
    this.#attempt = { reservation, price, most: price === null ? 0 : mostOf(price, size) };
  }

  /** The attempt was refused, or was never sent: it is not billed. */
  async refused(): Promise<void> {
    const attempt = this.#taken();
    await attempt?.reservation.release();
  }

  /** The attempt broke off: it may have been billed. Nothing happens where none is under way. */
  async broken(): Promise<void> {
    const attempt = this.#taken();
    await attempt?.reservation.settle({ tokens: null, usd: attempt.most, assumed: true });
  }

  /** The call has its answer, which is told what it cost. */
  async answered(answer: BaseMessage): Promise<void> {
    const tokens = tokensOf(answer);
    const attempt = this.#taken();
    const price = attempt?.price ?? this.#spending.priceOf(this.#by.model);
    if (tokens === null && attempt !== null) {
      writeCost(answer, attempt.most);
      return attempt.reservation.settle({ tokens: null, usd: attempt.most, assumed: true });
    }
    const usd = price === null || tokens === null ? null : costOf(price, tokens);
    writeCost(answer, usd);
    const charge = { tokens, usd, assumed: false };
    return attempt === null ? this.#spending.note(this.#by, charge) : attempt.reservation.settle(charge);
  }

  #taken(): Attempt | null {
    const attempt = this.#attempt;
    this.#attempt = null;
    return attempt;
  }
}
