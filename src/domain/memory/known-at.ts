import type { DecisionEntry, Outcome, Recalled } from "./decision-entry.ts";

/** From where memory is read. Epoch milliseconds. */
export interface Standpoint {
  /** In the market: nothing that became known later is seen. */
  readonly asOf: number;
  /** On the wall clock: nothing that was written later is seen. A replay stands where its run began. */
  readonly recordedBy: number;
}

/** A decision is known from the close on at which it was made. */
export function isKnown(entry: DecisionEntry, { asOf, recordedBy }: Standpoint): boolean {
  return Date.parse(entry.decidedAt) <= asOf && Date.parse(entry.recordedAt) <= recordedBy;
}

/** An outcome is known from the later close on. */
export function isOutcomeKnown(outcome: Outcome, { asOf, recordedBy }: Standpoint): boolean {
  return Date.parse(outcome.knownAt) <= asOf && Date.parse(outcome.recordedAt) <= recordedBy;
}

/** The decisions with their outcomes, as far as both are known; of several outcomes of one the first that was known. */
export function knownAt(
  entries: readonly DecisionEntry[],
  outcomes: readonly Outcome[],
  standpoint: Standpoint,
): Recalled[] {
  const first = new Map<string, Outcome>();
  for (const outcome of outcomes) {
    if (!isOutcomeKnown(outcome, standpoint)) continue;
    const held = first.get(nameOf(outcome));
    if (held === undefined || outcome.knownAt < held.knownAt) first.set(nameOf(outcome), outcome);
  }
  return entries
    .filter((entry) => isKnown(entry, standpoint))
    .map((entry) => {
      const outcome = first.get(nameOf(entry));
      if (outcome === undefined) return { ...entry, outcome: null };
      return { ...entry, outcome: { knownAt: outcome.knownAt, bars: outcome.bars, return: outcome.return } };
    });
}

function nameOf({ symbol, decidedAt, runId }: DecisionEntry | Outcome): string {
  return JSON.stringify([symbol, decidedAt, runId]);
}
