import { EigenvalueDecomposition, Matrix } from "ml-matrix";

/**
 * A symmetric matrix with its negative eigenvalues set to 0: the nearest positive semidefinite matrix in the
 * Frobenius norm (Higham, Linear Algebra and its Applications 103, 1988). Returned as it is where it has none.
 */
export function positiveSemidefinite(matrix: Matrix): Matrix {
  const { realEigenvalues, eigenvectorMatrix } = new EigenvalueDecomposition(matrix, {
    assumeSymmetric: true,
  });
  if (realEigenvalues.every((value) => value >= 0)) return matrix;
  const kept = Matrix.diag(realEigenvalues.map((value) => Math.max(0, value)));
  return eigenvectorMatrix.mmul(kept).mmul(eigenvectorMatrix.transpose());
}
