import { isoTime } from "../../domain/iso-time.ts";
import { last } from "../../domain/market/column.ts";
import { type DecisionEntry, marketName, type Outcome } from "../../domain/memory/decision-entry.ts";
import { decisionsOf } from "../../domain/memory/decisions-of.ts";
import { findOutcomes } from "../../domain/memory/find-outcomes.ts";
import type { Clock, DecisionMemory, MarketData } from "../../domain/ports.ts";
import type { RunReport } from "../../domain/run/report.ts";

/** How many earlier decisions on each symbol are looked at for an outcome. */
const LOOKED_AT = 50;

interface RememberParts {
  readonly market: MarketData;
  readonly memory: DecisionMemory;
  readonly clock: Clock;
}

/**
 * Keeps what a run decided, and how earlier decisions on its symbols have turned out by its time. A run that decided
 * nothing leaves nothing; a run that is remembered again, as after a resume, leaves the same.
 */
export async function rememberRun(
  report: RunReport,
  { market, memory, clock }: RememberParts,
): Promise<void> {
  const made = decisionsOf(report);
  if (made === null) return;
  const { asOf, decided } = made;
  const name = marketName(market, report.seed);
  const now = clock.now();
  const recordedAt = isoTime(now);
  const dated = await Promise.all(
    decided.map(async (one): Promise<DecisionEntry[]> => {
      const { bars } = await market.series(one.symbol, asOf, one.interval);
      return bars.length === 0 ? [] : [{ ...one, decidedAt: isoTime(last(bars.closeTime)), recordedAt }];
    }),
  );
  await memory.remember(name, dated.flat());
  const symbols = decided.map(({ symbol }) => symbol);
  const { entries } = await memory.recall(name, { symbols, asOf, recordedBy: now, limit: LOOKED_AT });
  const judged = await findOutcomes(entries, market, asOf);
  const outcomes = judged.flatMap(({ found, entry: { outcome, symbol, runId, decidedAt } }): Outcome[] =>
    found && outcome !== null ? [{ symbol, runId, decidedAt, recordedAt, ...outcome }] : [],
  );
  await memory.settle(name, outcomes);
}
