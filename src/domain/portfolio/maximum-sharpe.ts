import type { Matrix } from "ml-matrix";
import { FinAgentError } from "../errors.ts";
import { type Bounds, homogeneousBounds, LONG_ONLY } from "./bounds.ts";
import { normalised } from "./normalised.ts";
import { solveQuadraticProgram } from "./quadratic-program.ts";

/**
 * The fully invested weights of the highest ratio of expected excess return to volatility within the bounds. The ratio
 * does not change when all weights are scaled, so the excess return is fixed instead and the variance minimised:
 * min y'Cy, e'y = 1, sum(y) >= 0, w = y / sum(y) (Cornuejols and Tutuncu, "Optimization Methods in Finance", 2007,
 * section 8.2).
 * @param excess expected returns less the risk-free rate, over the same period as the covariance
 * @throws FinAgentError NUMERICAL where no allowed portfolio has a positive excess return, or the covariance is
 * singular
 */
export function maximumSharpe(
  excess: Float64Array,
  covariance: Matrix,
  bounds: Bounds = LONG_ONLY,
): Float64Array {
  const n = covariance.rows;
  const largest = excess.reduce((size, value) => Math.max(size, Math.abs(value)), 0);
  if (largest === 0 || (bounds.lower >= 0 && !excess.some((value) => value > 0))) {
    throw new FinAgentError("NUMERICAL", "No name has a positive expected excess return to maximise.", {
      hint: "Use minimum-variance or risk-parity, which need no expected returns.",
    });
  }
  return normalised(
    solveQuadraticProgram({
      quadratic: covariance,
      linear: new Float64Array(n),
      equalities: [{ coefficients: excess.map((value) => value / largest), bound: 1 }],
      inequalities: [
        { coefficients: new Float64Array(n).fill(1), bound: 0 },
        ...homogeneousBounds(n, bounds),
      ],
    }),
  );
}
