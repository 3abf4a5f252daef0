import { FinAgentError } from "../errors.ts";

/** Smaller weights are the solver's rounding. */
const DUST = 1e-9;

/**
 * Weights scaled to sum to 1, without the dust that solvers leave.
 * @throws FinAgentError NUMERICAL where they are not finite or their sum is not positive
 */
export function normalised(weights: Float64Array): Float64Array {
  const total = sum(weights);
  if (!Number.isFinite(total) || total <= 0) {
    throw new FinAgentError("NUMERICAL", "The weights do not sum to a positive number.", {
      hint: "A name whose price does not move has no volatility to weigh it by: leave it out.",
    });
  }
  const clean = weights.map((weight) => (Math.abs(weight) < DUST * total ? 0 : weight));
  const kept = sum(clean);
  return clean.map((weight) => weight / kept);
}

function sum(values: Float64Array): number {
  return values.reduce((total, value) => total + value, 0);
}
