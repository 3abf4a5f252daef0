import type { Matrix } from "ml-matrix";
import { type Bounds, LONG_ONLY, weightBounds } from "./bounds.ts";
import { normalised } from "./normalised.ts";
import { solveQuadraticProgram } from "./quadratic-program.ts";

/**
 * The fully invested weights of least variance within the bounds: min w'Cw, sum(w) = 1 (Markowitz, "Portfolio
 * Selection", Journal of Finance 7, 1952).
 * @throws FinAgentError NUMERICAL on a singular covariance or bounds that cannot sum to 1
 */
export function minimumVariance(covariance: Matrix, bounds: Bounds = LONG_ONLY): Float64Array {
  const n = covariance.rows;
  return normalised(
    solveQuadraticProgram({
      quadratic: covariance,
      linear: new Float64Array(n),
      equalities: [{ coefficients: new Float64Array(n).fill(1), bound: 1 }],
      inequalities: weightBounds(n, bounds),
    }),
  );
}
