import { z } from "zod";
import { directionSchema } from "../alpha/report.ts";
import { intervalSchema } from "../market/interval.ts";
import { riskLevelSchema } from "../policy/risk.ts";
import { provenanceSchema } from "../run/provenance.ts";

const instant = z.iso.datetime();
const decider = provenanceSchema.nullable();

/**
 * What a run decided on one symbol. Figures, enumerations and ids alone: no prose, neither a model's nor a vendor's, can come
 * back from memory as an instruction.
 */
export const decisionEntrySchema = z.strictObject({
  symbol: z.string(),
  runId: z.string(),
  decidedAt: instant.describe("Close of the last bar that the decision knew: market time"),
  recordedAt: instant.describe("When it was written: wall-clock time"),
  interval: intervalSchema,
  level: riskLevelSchema.nullable().describe("Of the whole book; null where risk was not asked"),
  score: z.number().min(-1).max(1).nullable().describe("Of the alpha agent"),
  direction: directionSchema.nullable(),
  confidence: z.number().min(0).max(1).nullable(),
  weight: z.number().nullable().describe("Fraction of capital; null where no portfolio was built"),
  by: z.strictObject({ alpha: decider, risk: decider, portfolio: decider }).describe("Who decided"),
});

export type DecisionEntry = z.output<typeof decisionEntrySchema>;

/** How a decision turned out. */
export const outcomeSchema = z.strictObject({
  symbol: z.string(),
  runId: z.string(),
  decidedAt: instant,
  recordedAt: instant,
  knownAt: instant.describe("Close of the bar at which it became known"),
  bars: z.number().int().positive().describe("Bars from the decision to that one"),
  return: z.number().describe("Of the symbol from close to close, a fraction"),
});

export type Outcome = z.output<typeof outcomeSchema>;

/** A decision with what was known of its outcome. */
export const recalledSchema = decisionEntrySchema.extend({
  outcome: outcomeSchema.pick({ knownAt: true, bars: true, return: true }).nullable(),
});

export type Recalled = z.output<typeof recalledSchema>;

/** A decision belongs to the market it was made on: simulated prices of another seed are another market. */
export function marketName(
  market: { readonly source: string; readonly simulated: boolean },
  seed: number,
): string {
  return market.simulated ? `${market.source}#${seed}` : market.source;
}
