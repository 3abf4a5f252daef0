import type { Matrix } from "ml-matrix";
import { normalised } from "./normalised.ts";

/**
 * Weights in proportion to 1 / volatility, summing to 1: risk parity where all correlations are equal (Maillard,
 * Roncalli and Teiletche, Journal of Portfolio Management 36, 2010).
 * @throws FinAgentError NUMERICAL where a name has no variance
 */
export function inverseVolatility(covariance: Matrix): Float64Array {
  return normalised(Float64Array.from(covariance.diagonal(), (variance) => 1 / Math.sqrt(variance)));
}
