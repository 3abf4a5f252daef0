import { grossOf } from "./gross.ts";
import type { RiskReport } from "./report.ts";

export interface WorstStress {
  /** For a sentence: the scenario, where it is a historical one a repeat of it. */
  readonly event: string;
  /** What it would cost per unit of gross exposure, as a positive fraction. */
  readonly loss: number;
}

/**
 * The stress scenario that would cost a fully invested book most, or null where none costs anything. Every scenario's
 * loss is proportional to the exposure, so at exposure e of the same mix it costs e x loss.
 */
export function worstStress({ stress, weights }: Pick<RiskReport, "stress" | "weights">): WorstStress | null {
  let worst: RiskReport["stress"][number] | undefined;
  for (const one of stress) if ((one.return ?? 0) < (worst?.return ?? 0)) worst = one;
  if (worst === undefined) return null;
  const name = `"${worst.scenario}"`;
  return {
    event: worst.kind === "historical" ? `a repeat of ${name}` : name,
    loss: -(worst.return ?? 0) / grossOf(weights),
  };
}
