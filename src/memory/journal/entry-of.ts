import type { RunEvent } from "../../domain/run/event.ts";
import type { JournalEntry } from "../../domain/run/journal-entry.ts";
import { countDecisions } from "../../domain/run/provenance.ts";

type Body<E> = E extends unknown ? Omit<E, "seq" | "at"> : never;

/** An entry before it has its place. */
export type EntryBody = Body<JournalEntry>;

/** What the journal keeps of an event; null for what only those who watch need, and for what it writes by itself. */
export function entryOf(event: RunEvent): EntryBody | null {
  switch (event.type) {
    case "plan":
      return { type: "plan", plan: [...event.plan] };
    case "step-started":
    case "model-call":
      return event;
    case "step-finished": {
      const { decisions, ...step } = event.step;
      return {
        type: "step-finished",
        step: decisions === undefined ? step : { ...step, decisions: countDecisions(decisions) },
      };
    }
    case "started":
    case "progress":
    case "token":
    case "report":
    case "optimized":
      return null;
  }
}
