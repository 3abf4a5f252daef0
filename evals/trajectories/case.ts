import type { RuntimeParts } from "../../src/runtime.ts";
import type { Call } from "../requests/case.ts";

export type { Call } from "../requests/case.ts";

/** One request whose way to the answer is judged, not only where it ends. */
export interface TrajectoryCase {
  readonly id: string;
  readonly request: string;
  /** What the world is like: thresholds, a source or an agent that fails. Made anew for each sample. */
  readonly parts?: () => RuntimeParts;
  /** Calls by turn, as they have to be made; `mode` says how closely. */
  readonly turns: readonly (readonly Call[])[];
  /**
   * strict: these turns and no others, calls of one turn side by side; unordered: these calls, in any turns; superset: these
   * and perhaps more.
   */
  readonly mode: "strict" | "unordered" | "superset";
  /** All that may be called at all; each as often as it stands here. */
  readonly atMost?: readonly Call[];
  /** The first has to be done before the second is begun. */
  readonly before?: readonly (readonly [Call, Call])[];
  /** How the plan stands in the end, by tool. */
  readonly plan?: Readonly<Partial<Record<Call, "done" | "failed" | "skipped">>>;
  /** A call that fails and is made good later. */
  readonly recovers?: Call;
  readonly symbols?: readonly string[];
  readonly status?: "done" | "question" | "failed";
  readonly tells?: RegExp;
}
