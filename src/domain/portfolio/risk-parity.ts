import type { Matrix } from "ml-matrix";
import { FinAgentError } from "../errors.ts";
import { at } from "../market/column.ts";
import { normalised } from "./normalised.ts";

const TOLERANCE = 1e-12;
const MAXIMUM_SWEEPS = 10_000;

/**
 * Equal risk contribution: positive weights, summing to 1, with w_i x (Cw)_i the same for every name. They are the
 * scaled minimum of the convex function x'Cx / 2 - sum(ln x_i) / n (Spinu, "An Algorithm for Computing Risk Parity
 * Weights", 2013), found by cyclical coordinate descent, where each coordinate is the positive root of a quadratic
 * (Griveau-Billion, Richard and Roncalli, "A Fast Algorithm for Computing High-Dimensional Risk Parity Portfolios",
 * 2013, arXiv:1311.4057).
 * @throws FinAgentError NUMERICAL where a name has no variance or the descent does not settle
 */
export function riskParity(covariance: Matrix): Float64Array {
  const n = covariance.rows;
  const scale = n / covariance.trace();
  const rows = covariance.to2DArray().map((row) => Float64Array.from(row, (value) => value * scale));
  const variances = Float64Array.from(rows, (row, i) => at(row, i));
  if (!variances.every((variance) => variance > 0)) {
    throw new FinAgentError("NUMERICAL", "Risk parity needs a positive variance for every name.", {
      hint: "Leave out names whose price does not move.",
    });
  }
  const x = variances.map((variance) => 1 / Math.sqrt(variance));
  for (let sweep = 0; sweep < MAXIMUM_SWEEPS; sweep += 1) {
    let change = 0;
    for (const [i, row] of rows.entries()) {
      const variance = at(variances, i);
      const old = at(x, i);
      let others = -variance * old;
      for (let j = 0; j < n; j += 1) others += at(row, j) * at(x, j);
      const root = (-others + Math.sqrt(others * others + (4 * variance) / n)) / (2 * variance);
      change = Math.max(change, Math.abs(root - old) / old);
      x[i] = root;
    }
    if (change < TOLERANCE) return normalised(x);
  }
  throw new FinAgentError("NUMERICAL", `Risk parity did not settle within ${MAXIMUM_SWEEPS} sweeps.`, {
    hint: "The covariance is close to singular: leave out symbols that move alike.",
  });
}
