import { FinAgentError } from "../errors.ts";
import type { Bars } from "../market/bars.ts";
import type { MarketData } from "../ports.ts";
import type { Recalled } from "./decision-entry.ts";
import { outcomeOf } from "./outcome-of.ts";

export interface Judged {
  readonly entry: Recalled;
  /** Why there is no outcome, where there is none. */
  readonly absent: string | null;
  /** The outcome was not in memory, but follows from bars known by now. */
  readonly found: boolean;
}

/**
 * Decisions with outcomes that the market shows by an instant, for those that memory has none of.
 * @param asOf epoch milliseconds; no bar that closes later is looked at
 */
export async function findOutcomes(
  entries: readonly Recalled[],
  market: Pick<MarketData, "series">,
  asOf: number,
): Promise<Judged[]> {
  const series = new Map<string, Promise<Bars | FinAgentError>>();
  return Promise.all(
    entries.map(async (entry): Promise<Judged> => {
      if (entry.outcome !== null) return { entry, absent: null, found: false };
      const { symbol, interval } = entry;
      const name = JSON.stringify([symbol, interval]);
      const asked = series.get(name) ?? known(market.series(symbol, asOf, interval));
      series.set(name, asked);
      const bars = await asked;
      if (bars instanceof FinAgentError) return { entry, absent: bars.message, found: false };
      const outcome = outcomeOf(entry, bars);
      return "absent" in outcome
        ? { entry, absent: outcome.absent, found: false }
        : { entry: { ...entry, outcome }, absent: null, found: true };
    }),
  );
}

/** A series that the source refuses leaves an outcome open; a fault of ours ends the run. */
async function known(series: ReturnType<MarketData["series"]>): Promise<Bars | FinAgentError> {
  try {
    return (await series).bars;
  } catch (error) {
    if (error instanceof FinAgentError && error.exitStatus !== 1) return error;
    throw error;
  }
}
