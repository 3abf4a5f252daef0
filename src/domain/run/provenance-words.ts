import { barTime, counted, rate } from "../format.ts";
import type { DecisionCounts } from "./provenance.ts";
import type { RunProvenance } from "./run-provenance.ts";

interface Told {
  readonly provenance: RunProvenance;
  readonly decisions: DecisionCounts;
}

/** Whose result a run is, in a sentence; null where no model was asked. */
export function resultWords({ provenance, decisions }: Told): string | null {
  const { result, modelShare, minModelShare } = provenance;
  if (modelShare === null) return null;
  const byModel = decisions.llm + decisions.cache;
  const made = `the model made ${byModel} of the ${counted(byModel + decisions.fallback, "decision")} asked of it (${rate(modelShare)})`;
  if (result === "partial")
    return `PARTIAL, not an LLM result: ${made}; at least ${rate(minModelShare)} are needed`;
  if (result === "mixed")
    return `MIXED, not an LLM result: ${made}; ${counted(decisions.rules, "decision")} by rules, of agents without a model`;
  return `LLM result: ${made}`;
}

/** Each stretch in which rules stood in for a model: who, when, how often and why. */
export function whereWords({ where }: RunProvenance, interval: string): string[] {
  return where.map(({ agent, from, to, count, reason }) => {
    const times = counted(count, "time");
    if (from === null || to === null) return `${agent}, ${times}: ${reason}`;
    const [first, last] = [barTime(from, interval), barTime(to, interval)];
    const when = first === last ? `at ${first}` : `from ${first} to ${last}`;
    return `${agent}, ${times} ${when}: ${reason}`;
  });
}

/** What to do about a partial run, with its id; null where there is nothing to do. */
export function nextWords({
  provenance,
  runId,
}: Pick<Told, "provenance"> & { readonly runId: string }): string | null {
  return provenance.next?.replaceAll(/\bID\b/g, runId) ?? null;
}

/** What a reader of the figures of a pipeline must know of it; none where no rules stood in. */
export function figuresRemark(
  { provenance, decisions }: Told,
  { dates, to }: { readonly dates: number; readonly to: string },
): string[] {
  if (decisions.fallback === 0) return [];
  if (provenance.result !== "partial")
    return [
      `Rules stood in for the model in ${counted(decisions.fallback, "decision")}, at ${counted(dates, "date")}: the figures are of the book with those decisions.`,
    ];
  return [
    `Partial: the figures end at ${to}, where rules first stood in for the model. What rules decided is in none of them.`,
  ];
}
