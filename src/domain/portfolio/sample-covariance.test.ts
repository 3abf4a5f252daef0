import { EigenvalueDecomposition, Matrix } from "ml-matrix";
import { expect, it } from "vitest";
import { positiveSemidefinite } from "./positive-semidefinite.ts";
import { sampleCovariance } from "./sample-covariance.ts";

it("covariances by hand, each pair over the rows that both have", () => {
  const covariance = sampleCovariance([
    Float64Array.of(1, 2, 3, NaN),
    Float64Array.of(2, 4, 6, 100),
    Float64Array.of(NaN, 1, 3, 5),
  ]);
  // First and second over three rows: (-1 x -2 + 1 x 2) / 2 = 2. First and third over two: (2 - 2.5)(1 - 2) x 2 = 1.
  // The second alone has mean 28: (676 + 576 + 484 + 5184) / 3. Second and third: (-32.67 x -2 + 63.33 x 2) / 2 = 96.
  const pairwise = [
    [1, 2, 1],
    [2, 6920 / 3, 96],
    [1, 96, 4],
  ];
  const expected = positiveSemidefinite(new Matrix(pairwise));
  expect(Matrix.sub(covariance, expected).norm()).toBeLessThan(1e-9);
});

it("an indefinite matrix comes back without its negative eigenvalue, others as they are", () => {
  // Eigenvalues 3 and -1 along (1, 1) and (1, -1): without the latter 3/2 everywhere.
  const repaired = positiveSemidefinite(
    new Matrix([
      [1, 2],
      [2, 1],
    ]),
  );
  for (const value of repaired.to1DArray()) expect(value).toBeCloseTo(1.5, 12);
  const sound = new Matrix([
    [2, 1],
    [1, 2],
  ]);
  expect(positiveSemidefinite(sound)).toBe(sound);
  const holes = sampleCovariance([
    Float64Array.of(1, -1, 1, -1, NaN, NaN),
    Float64Array.of(1, -1, NaN, NaN, 1, -1),
    Float64Array.of(NaN, NaN, 1, -1, -1, 1),
  ]);
  const { realEigenvalues } = new EigenvalueDecomposition(holes, { assumeSymmetric: true });
  expect(Math.min(...realEigenvalues)).toBeGreaterThan(-1e-12);
});
