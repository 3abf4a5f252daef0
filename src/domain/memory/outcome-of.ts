import type { Bars } from "../market/bars.ts";
import { at, countAtMost } from "../market/column.ts";
import { isoTime } from "../iso-time.ts";
import { type Absent, absent } from "../statistic.ts";
import type { DecisionEntry, Outcome } from "./decision-entry.ts";

/** How far a decision is judged: a month of trading days. */
export const OUTCOME_BARS = 21;

/**
 * The return of the symbol over the bars after a decision: close of the last bar that it knew to the close
 * `OUTCOME_BARS` later, both from the same adjusted series. It is known from that later close on.
 * @param bars what is known at the time of asking
 */
export function outcomeOf(
  entry: DecisionEntry,
  bars: Bars,
): Pick<Outcome, "knownAt" | "bars" | "return"> | Absent {
  const from = countAtMost(bars.closeTime, Date.parse(entry.decidedAt)) - 1;
  if (from < 0) return absent("The source has no bar of the time at which it was decided.");
  const to = from + OUTCOME_BARS;
  if (to >= bars.length) {
    return absent(
      `Known ${OUTCOME_BARS} bars after the decision; there are ${bars.length - 1 - from} so far.`,
    );
  }
  const change = at(bars.close, to) / at(bars.close, from) - 1;
  if (!Number.isFinite(change)) return absent("The prices give no return.");
  return { knownAt: isoTime(at(bars.closeTime, to)), bars: OUTCOME_BARS, return: change };
}
