import { at, type Column } from "../../market/column.ts";
import { foldStart } from "./fold-start.ts";
import { purgedTraining, type Span } from "./purged-training.ts";
import { bestTrial } from "./span-sharpe.ts";

/** 15 ways of testing on two of six groups make five paths. */
const GROUPS = 6;

/**
 * Combinatorial purged cross-validation: every pair of groups in turn is the test, the trial with the highest
 * Sharpe ratio on the purged and embargoed rest is tried on it, and the tests are put together to paths that cover
 * all periods, none of them in sample. Source: Lopez de Prado, Advances in Financial Machine Learning, 2018,
 * chapter 12.
 * @param returns one column per trial
 * @returns the returns along each of the five paths
 */
export function combinatorialPaths(
  returns: readonly Column[],
  purge: number,
  embargo: number,
  riskFree: number,
): Float64Array[] {
  const periods = returns[0]?.length ?? 0;
  const group = (g: number): Span => ({
    from: foldStart(g, GROUPS, periods),
    to: foldStart(g + 1, GROUPS, periods),
  });
  const paths = Array.from({ length: GROUPS - 1 }, () => new Float64Array(periods));
  /** How many tests of each group have been placed: the next one belongs to the next path. */
  const placed = new Float64Array(GROUPS);
  for (let a = 0; a < GROUPS; a += 1) {
    for (let b = a + 1; b < GROUPS; b += 1) {
      const training = purgedTraining(periods, [group(a), group(b)], purge, embargo);
      const column = returns[bestTrial(returns, training, riskFree).trial];
      for (const g of [a, b]) {
        const { from, to } = group(g);
        const path = at(placed, g);
        if (column !== undefined) paths[path]?.set(column.subarray(from, to), from);
        placed[g] = path + 1;
      }
    }
  }
  return paths;
}
