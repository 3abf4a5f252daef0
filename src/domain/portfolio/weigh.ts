import type { Matrix } from "ml-matrix";
import type { WeightingMethod } from "../policy/portfolio.ts";
import { capWeights } from "./cap-weights.ts";
import { equalWeight } from "./equal-weight.ts";
import { hierarchicalRiskParity } from "./hierarchical-risk-parity.ts";
import { inverseVolatility } from "./inverse-volatility.ts";
import { maximumSharpe } from "./maximum-sharpe.ts";
import { minimumVariance } from "./minimum-variance.ts";
import { riskParity } from "./risk-parity.ts";

/**
 * Weights within 0..cap that sum to 1. The quadratic programs have the cap among their constraints; the other methods
 * know no caps, so theirs are brought under it afterwards. Where n x cap is 1 only equal weights fit.
 * @throws FinAgentError NUMERICAL as the methods do
 */
export function weigh(
  method: WeightingMethod,
  inputs: { readonly covariance: Matrix; readonly excess: Float64Array; readonly cap: number },
): Float64Array {
  const { covariance, excess, cap } = inputs;
  const n = covariance.rows;
  if (n * cap <= 1 + 1e-9) return equalWeight(n);
  const bounds = { lower: 0, upper: cap };
  switch (method) {
    case "equal-weight":
      return equalWeight(n);
    case "inverse-volatility":
      return capWeights(inverseVolatility(covariance), cap);
    case "minimum-variance":
      return minimumVariance(covariance, bounds);
    case "maximum-sharpe":
      return maximumSharpe(excess, covariance, bounds);
    case "risk-parity":
      return capWeights(riskParity(covariance), cap);
    case "hierarchical-risk-parity":
      return capWeights(hierarchicalRiskParity(covariance), cap);
  }
}
