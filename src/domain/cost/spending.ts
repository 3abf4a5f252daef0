import type { CallTokens } from "./cost-of.ts";
import type { Price } from "./price.ts";

/** Whose call of which model. */
export interface Caller {
  readonly agent: string;
  /** As the configuration would name it. */
  readonly model: string;
}

/** What came of a call or of one attempt at it. */
export interface Charge {
  /** Null where the endpoint told none. */
  readonly tokens: CallTokens | null;
  /** USD; null where the model's price is not known. */
  readonly usd: number | null;
  /** Nobody knows what was billed: the most that it could be is counted. */
  readonly assumed: boolean;
}

/** Money that is set apart for one attempt. */
export interface Reservation {
  /** Replaces what was set apart by what was spent. Never fails: what cannot be kept stays set apart. */
  settle(charge: Charge): Promise<void>;
  /** Nothing was spent. */
  release(): Promise<void>;
}

/** The money of one run. */
export interface Spending {
  /** Whether calls need a reservation: a budget is set. */
  readonly limited: boolean;
  /** Today's price. */
  priceOf(model: string): Price | null;
  /**
   * Sets money apart, in this process's turn; it waits where calls under way in this process may leave enough.
   * @throws FinAgentError BUDGET_SPENT; BAD_CONFIG where the price is not known; STORE_… where nothing can be set apart
   */
  reserve(
    by: Caller,
    size: { readonly bytes: number; readonly maxOutputTokens: number },
  ): Promise<Reservation>;
  /** Counts a call that nothing was set apart for. Never fails: see `fault`. */
  note(by: Caller, charge: Charge): Promise<void>;
  /** Why costs could not be kept; null where all are. */
  fault(): string | null;
}
