import { z } from "zod";

/** A stretch of decisions in a row that rules made in place of a model, for one reason. */
export const standInsSchema = z.object({
  from: z.string().nullable().describe("Close at which the first of them was made; null: not known"),
  to: z.string().nullable().describe("Close at which the last of them was made"),
  count: z.number().int().positive(),
  reason: z.string().describe("Code and message of the first failure"),
});

export type StandIns = z.output<typeof standInsSchema>;

/** Why rules stood in for a model once. */
export interface Fallback {
  readonly code: string;
  readonly message: string;
  /** False where the model was not asked any more, because it had failed before. */
  readonly asked: boolean;
}

/** One decision: at which close, and why rules made it; null where they did not stand in. */
export interface DecisionMade {
  readonly at: string | null;
  readonly fallback: Fallback | null;
}

/** The stretches among an agent's decisions, which come in their order in time. */
export function stretchesOf(decisions: readonly DecisionMade[]): StandIns[] {
  const found: StandIns[] = [];
  let held: Fallback | null = null;
  for (const { at, fallback } of decisions) {
    const last = found.at(-1);
    if (fallback !== null && held !== null && last !== undefined && isAlike(fallback, held)) {
      last.to = at;
      last.count += 1;
    } else if (fallback !== null) {
      found.push({ from: at, to: at, count: 1, reason: `${fallback.code}: ${fallback.message}` });
    }
    held = fallback;
  }
  return found;
}

/** Messages may name what changes from date to date. */
function isAlike(a: Fallback, b: Fallback): boolean {
  return a.code === b.code && a.asked === b.asked;
}
