import type { Matrix } from "ml-matrix";
import { solveQP } from "quadprog";
import { FinAgentError } from "../errors.ts";

/** coefficients · x compared with `bound`. */
export interface LinearConstraint {
  readonly coefficients: ArrayLike<number>;
  readonly bound: number;
}

/** Minimise x'Qx / 2 - c'x subject to equalities (a·x = bound) and inequalities (a·x >= bound). */
export interface QuadraticProgram {
  /** Symmetric and positive definite, n x n. */
  readonly quadratic: Matrix;
  readonly linear: ArrayLike<number>;
  readonly equalities: readonly LinearConstraint[];
  readonly inequalities: readonly LinearConstraint[];
}

/**
 * Solves a strictly convex quadratic program by the dual method of Goldfarb and Idnani ("A numerically stable dual
 * method for solving strictly convex quadratic programs", Mathematical Programming 27, 1983) as ported in the package
 * `quadprog`.
 * @throws FinAgentError NUMERICAL where the matrix is not positive definite or the constraints contradict each other
 */
export function solveQuadraticProgram(program: QuadraticProgram): Float64Array {
  const n = program.quadratic.rows;
  const constraints = [...program.equalities, ...program.inequalities];
  // Daily covariances are near 1e-4: a mean diagonal of 1 keeps the solver's tolerances meaningful.
  const scale = n / program.quadratic.trace();
  const indices = Array.from({ length: n }, (_, i) => i);
  const oneBased = (values: number[]): number[] => [0, ...values];
  const result = solveQP(
    [[], ...indices.map((i) => oneBased(indices.map((j) => program.quadratic.get(i, j) * scale)))],
    oneBased(indices.map((i) => (program.linear[i] ?? 0) * scale)),
    [[], ...indices.map((i) => oneBased(constraints.map((one) => one.coefficients[i] ?? 0)))],
    oneBased(constraints.map((one) => one.bound)),
    program.equalities.length,
  );
  const solution = Float64Array.from(result.solution.slice(1));
  if (result.message !== "" || solution.length !== n || !solution.every(Number.isFinite)) {
    throw new FinAgentError(
      "NUMERICAL",
      `The quadratic program over ${n} names has no solution: ${result.message || "it is not finite"}`,
      { hint: "Leave out symbols that move alike, loosen the cap, or use another weighting method." },
    );
  }
  return solution;
}
