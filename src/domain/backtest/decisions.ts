import type { Desk } from "./desk.ts";
import type { Signals } from "./signal.ts";
import type { Targets } from "./targets.ts";

/** A rule that is asked at every close; see StepStrategy. */
export interface Steps {
  readonly onBar: (desk: Desk) => void;
}

/** What the engine executes: weights over a panel, a signal per symbol, or a rule that is asked at every close. */
export type Decisions = Targets | Signals | Steps;
