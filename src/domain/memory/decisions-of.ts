import type { Interval } from "../market/interval.ts";
import { intervalSchema } from "../market/interval.ts";
import type { Provenance } from "../run/provenance.ts";
import type { RunReport } from "../run/report.ts";
import type { DecisionEntry } from "./decision-entry.ts";

/** A decision that is not dated yet. */
export type Decided = Omit<DecisionEntry, "decidedAt" | "recordedAt">;

/**
 * What a run decided last on each symbol, and the instant whose market it knew; null where it decided nothing. Reports that
 * an earlier request of the conversation made are not decisions of this run.
 */
export function decisionsOf(
  report: RunReport,
): { readonly asOf: number; readonly decided: Decided[] } | null {
  const { data, runId } = report;
  const rebalance = report.rebalances.at(-1);
  // A pipeline that held cash for want of history has decided nothing.
  if (data === null || report.status !== "done" || (rebalance?.note ?? null) !== null) return null;
  const by = {
    alpha: decider(report, "alpha"),
    risk: decider(report, "risk"),
    portfolio: decider(report, "portfolio"),
  };
  const signals = new Map(by.alpha === null ? [] : report.signals.map((signal) => [signal.symbol, signal]));
  const measured = by.risk === null ? null : report.risk;
  const weights = by.portfolio === null ? null : (rebalance?.weights ?? report.portfolio?.weights ?? null);
  const interval: Interval = intervalSchema.parse(data.interval);
  const decided = data.symbols.flatMap((symbol): Decided[] => {
    const signal = signals.get(symbol);
    const weight = weights === null ? null : (weights[symbol] ?? 0);
    const level = measured === null ? null : (rebalance?.level ?? measured.level);
    if (signal === undefined && weight === null && level === null) return [];
    const { score = null, direction = null, confidence = null } = signal ?? {};
    return [{ symbol, runId, interval, level, score, direction, confidence, weight, by }];
  });
  return decided.length === 0 ? null : { asOf: Date.parse(rebalance?.time ?? data.asOf), decided };
}

/** Who decided last for an agent in this run; null where it was not asked. */
function decider({ steps }: RunReport, agent: string): Provenance | null {
  const made = steps.filter((step) => step.agent === agent).flatMap(({ by, decisions }) => decisions ?? [by]);
  return made.findLast((by) => by !== null) ?? null;
}
