// The package ships no types. Its arrays count from 1, as in the Fortran original.
declare module "quadprog" {
  export function solveQP(
    Dmat: number[][],
    dvec: number[],
    Amat: number[][],
    bvec: number[],
    meq?: number,
  ): { readonly solution: number[]; readonly message: string };
}
