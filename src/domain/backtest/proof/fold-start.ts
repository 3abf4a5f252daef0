/** The first row of a fold when rows are cut into folds that differ by at most one in length. */
export function foldStart(fold: number, folds: number, rows: number): number {
  return Math.floor((fold * rows) / folds);
}
