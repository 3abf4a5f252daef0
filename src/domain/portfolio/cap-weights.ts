import { FinAgentError } from "../errors.ts";

const ROUNDING = 1e-12;

/**
 * Non-negative weights that sum to 1 brought under a cap: what is above it goes to the others in proportion to their
 * weights, again and again until none is above. Names of weight 0 take part only when all others stand at the cap.
 * @throws FinAgentError NUMERICAL where n x cap is below 1
 */
export function capWeights(weights: Float64Array, cap: number): Float64Array {
  if (weights.length * cap < 1 - ROUNDING) {
    throw new FinAgentError("NUMERICAL", `${weights.length} names cannot sum to 1 under a cap of ${cap}.`);
  }
  const capped = weights.slice();
  for (;;) {
    const excess = capped.reduce((sum, weight) => sum + Math.max(0, weight - cap), 0);
    if (excess <= ROUNDING) return capped.map((weight) => Math.min(weight, cap));
    const free = capped.reduce((sum, weight) => sum + (weight < cap ? weight : 0), 0);
    const open = capped.reduce((count, weight) => count + (weight < cap ? 1 : 0), 0);
    for (const [i, weight] of capped.entries()) {
      if (weight >= cap) capped[i] = cap;
      else capped[i] = weight + excess * (free > 0 ? weight / free : 1 / open);
    }
  }
}
