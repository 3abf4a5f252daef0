import type { LinearConstraint } from "./quadratic-program.ts";

/** What each weight may be; an infinite side is free. */
export interface Bounds {
  readonly lower: number;
  readonly upper: number;
}

export const LONG_ONLY: Bounds = { lower: 0, upper: 1 };

/** lower <= w_i <= upper for weights that sum to 1. */
export function weightBounds(n: number, bounds: Bounds): LinearConstraint[] {
  return scaledBounds(n, bounds, false);
}

/** lower x sum(y) <= y_i <= upper x sum(y) for y = w x k with any k > 0. */
export function homogeneousBounds(n: number, bounds: Bounds): LinearConstraint[] {
  return scaledBounds(n, bounds, true);
}

function scaledBounds(n: number, bounds: Bounds, homogeneous: boolean): LinearConstraint[] {
  const row = (i: number, sign: number, limit: number): LinearConstraint => {
    const coefficients = new Float64Array(n).fill(homogeneous ? -sign * limit : 0);
    coefficients[i] = (coefficients[i] ?? 0) + sign;
    return { coefficients, bound: homogeneous ? 0 : sign * limit };
  };
  const constraints: LinearConstraint[] = [];
  for (let i = 0; i < n; i += 1) {
    if (Number.isFinite(bounds.lower)) constraints.push(row(i, 1, bounds.lower));
    if (Number.isFinite(bounds.upper)) constraints.push(row(i, -1, bounds.upper));
  }
  return constraints;
}
