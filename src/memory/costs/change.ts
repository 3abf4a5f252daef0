import type { FinAgentError } from "../../domain/errors.ts";
import type { DayPage } from "./day-page.ts";

/** Wait: what calls under way in this process let go of may be enough. */
export type Outcome = "done" | "wait" | FinAgentError;

/** What this process has set apart and not yet settled. */
export interface Open {
  readonly day: string;
  /** See `runKey`. */
  readonly run: string;
  readonly nano: number;
}

/** What a page is looked at with. */
export interface Standing {
  readonly day: string;
  /** Set apart by this process, also by changes before this one that are written with it. */
  readonly open: readonly Open[];
  /** What a run has spent and set apart on other days. */
  readonly before: (run: string) => number;
}

/** One change of a day's costs. It is tried again on a newer page where another process was quicker. */
export interface Change {
  /** See `runKey`. */
  readonly run: string;
  /** Null: the day on which it is made. */
  readonly day: string | null;
  /** Whether what the run has spent on other days must be known. */
  readonly needsBefore: boolean;
  /** Changes the page where it can be done. */
  tryOn(page: DayPage, standing: Standing): Outcome;
  /** What is open after it: one more, or one less. */
  readonly opens?: (day: string) => Open;
  readonly closes?: Open;
  /** It is written. */
  done(opened: Open | null): void;
  /** It is refused, or could not be written. */
  failed(error: unknown): void;
}
